using System.Runtime.InteropServices;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>What a witness remembers of a message: enough to tell it from any other.</summary>
/// <param name="Stamp">Its logical time.</param>
/// <param name="IsAbsent">It says that there is nothing at that time.</param>
/// <param name="Digest">64 bits over layout and floats; equal bits give equal digests.</param>
internal readonly record struct Token(Stamp Stamp, bool IsAbsent, ulong Digest)
{
    // Two odd constants with as many ones as zeros, from wyhash: the multiplier must not be poor in bits.
    private const ulong First = 0xa0761d6478bd642f;
    private const ulong Second = 0xe7037ed1a0b428db;

    public static Token Of(Message message) => new(message.Stamp, message.IsAbsent, Hash(message));

    /// <inheritdoc/>
    public override string ToString() => IsAbsent ? $"the absent token at {Stamp}" : $"the token at {Stamp}";

    /// <summary>Multiplies 64 × 64 bits and folds the product, 16 bytes a round: memory is the limit.</summary>
    private static ulong Hash(Message message)
    {
        var hash = (ulong)message.Layout.Kind.GetHashCode(StringComparison.Ordinal);
        foreach (var field in message.Layout.Fields)
        {
            hash = Fold(hash ^ (uint)field.Length, First);
        }

        var bytes = MemoryMarshal.AsBytes(message.Block);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var i = 0;
        for (; i + 1 < words.Length; i += 2)
        {
            hash = Fold(words[i] ^ First, words[i + 1] ^ hash);
        }

        var last = i < words.Length ? words[i] : 0;
        var odd = bytes.Length % sizeof(ulong) == 0 ? 0 : MemoryMarshal.Read<uint>(bytes[^sizeof(uint)..]);
        return Fold(hash ^ last ^ Second, odd ^ First ^ (ulong)bytes.Length);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
