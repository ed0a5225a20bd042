namespace Marl.Actors.Core.Randomness;

/// <summary>SplitMix64: a counter-based generator. Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014, figure 14.</summary>
internal static class SplitMix64
{
    /// <summary>The golden-ratio increment between consecutive states.</summary>
    public const ulong Gamma = 0x9E3779B97F4A7C15UL;

    /// <summary>The output function: a bijection of 64-bit words with full avalanche.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
