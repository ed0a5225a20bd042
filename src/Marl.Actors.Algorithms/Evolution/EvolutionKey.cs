using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>A random key in a message: floats hold integers of 16 bits exactly, so a key is four of them.</summary>
internal static class EvolutionKey
{
    private const int Bits = 16;

    /// <summary>Writes the key: [4] of <see cref="GenerationMessages.Key"/>.</summary>
    public static void Write(RandomKey key, Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (ushort)(key.Value >> (Bits * (numbers.Length - 1 - i)));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RandomKey Read(ReadOnlySpan<float> numbers)
    {
        var value = 0UL;
        foreach (var number in numbers)
        {
            value = (value << Bits) | (ushort)number;
        }

        return new(value);
    }
}
