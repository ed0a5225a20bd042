namespace Marl.Actors.Core.Randomness;

/// <summary>The sequence of numbers a <see cref="RandomKey"/> stands for. A value: a copy repeats the same numbers.</summary>
public struct RandomStream(ulong state)
{
    private ulong state = state;

    /// <summary>The position in the sequence, for checkpoints.</summary>
    public readonly ulong State => state;

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits() => SplitMix64.Mix(state += SplitMix64.Gamma);

    /// <summary>Uniform in [0, 1), a multiple of 2^−53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), a multiple of 2^−24.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1.0f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform in 0 … count − 1 (multiply-shift; bias below count / 2^64).</summary>
    public int NextInt(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>Standard normal, by Box and Muller; uses two draws.</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A uniformly drawn order of the given items (Fisher and Yates, in place).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
