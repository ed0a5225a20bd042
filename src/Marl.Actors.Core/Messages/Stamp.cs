namespace Marl.Actors.Core.Messages;

/// <summary>
/// Logical time of a message: the update (iteration of the whole graph, or pass of an evaluation), the vector step within it,
/// and the round of request and answer within that step.
/// </summary>
public readonly record struct Stamp(int Update, int Step = 0, int Round = 0)
{
    /// <summary>The next vector step, in an iteration of <paramref name="iteration"/> steps.</summary>
    public Stamp NextStep(int iteration) => Step + 1 < iteration ? new(Update, Step + 1) : new(Update + 1);

    /// <summary><c>update.step</c>, with the round when it is not 0.</summary>
    public override string ToString() => Round == 0 ? $"{Update}.{Step}" : $"{Update}.{Step}.{Round}";
}
