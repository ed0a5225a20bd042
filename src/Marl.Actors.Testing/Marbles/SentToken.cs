using Marl.Actors.Core.Messages;

namespace Marl.Actors.Testing.Marbles;

/// <summary>A copy of a token that a stage or an operator sent.</summary>
/// <param name="Peer">The reading instance it was for; −1 for all of them.</param>
/// <param name="Stamp">Its logical time.</param>
/// <param name="Layout">Its layout.</param>
/// <param name="Floats">Its block.</param>
/// <param name="IsAbsent">It says that there is nothing.</param>
internal sealed record SentToken(int Peer, Stamp Stamp, MessageLayout Layout, float[] Floats, bool IsAbsent)
{
    /// <summary>Copies a message.</summary>
    public static SentToken Of(Message message, int peer = -1) => new(peer, message.Stamp, message.Layout, message.Block.ToArray(), message.IsAbsent);

    /// <summary>The same in everything, to the bit.</summary>
    public bool Equals(SentToken? other) => other is not null
        && (Peer, Stamp, IsAbsent) == (other.Peer, other.Stamp, other.IsAbsent)
        && Layout == other.Layout
        && System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Floats).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(other.Floats));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Peer, Stamp, Floats.Length);
}
