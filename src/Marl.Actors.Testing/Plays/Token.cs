using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Testing.Plays;

/// <summary>A copy of a message, equal to another when its stamp, its layout and the bits of its floats are.</summary>
/// <param name="Stamp">Its logical time.</param>
/// <param name="Layout">Its layout; null for an absent token.</param>
/// <param name="Floats">Its block.</param>
public sealed record Token(Stamp Stamp, MessageLayout? Layout, ReadOnlyMemory<float> Floats)
{
    /// <summary>It says that there is nothing at its stamp.</summary>
    public bool IsAbsent => Layout is null;

    /// <summary>Copies a message.</summary>
    public static Token Of(Message message) => message.IsAbsent ? Absent(message.Stamp) : new(message.Stamp, message.Layout, message.Block.ToArray());

    /// <summary>The statement that there is nothing.</summary>
    public static Token Absent(Stamp stamp) => new(stamp, null, default);

    /// <summary>The same to the bit.</summary>
    public bool Equals(Token? other) => other is not null && Stamp == other.Stamp && Layout == other.Layout && Bits.SequenceEqual(other.Bits);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stamp, Floats.Length);

    private ReadOnlySpan<byte> Bits => MemoryMarshal.AsBytes(Floats.Span);
}
