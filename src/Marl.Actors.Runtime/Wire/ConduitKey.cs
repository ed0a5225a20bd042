namespace Marl.Actors.Runtime.Wire;

/// <summary>Which conduit: a direction between two nodes in one epoch of a run.</summary>
internal readonly record struct ConduitKey(long Run, int Epoch, int From, int To)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From}→{To} of run {Run:x}, epoch {Epoch}";
}
