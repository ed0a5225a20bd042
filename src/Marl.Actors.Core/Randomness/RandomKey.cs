using Marl.Actors.Core.Messages;

namespace Marl.Actors.Core.Randomness;

/// <summary>
/// Names one source of randomness. Keys are derived, never advanced: (seed, stage, instance, stamp) always gives the same
/// numbers, whatever else ran before. Nothing in the framework reads a global generator or a clock.
/// </summary>
/// <param name="Value">The 64 bits of the key.</param>
public readonly record struct RandomKey(ulong Value)
{
    /// <summary>The root of a run.</summary>
    public static RandomKey FromSeed(long seed) => new(SplitMix64.Mix((ulong)seed + 0x5851F42D4C957F2DUL));

    /// <summary>A child key by number.</summary>
    public RandomKey Derive(ulong tag) => new(SplitMix64.Mix(Value ^ SplitMix64.Mix(tag + SplitMix64.Gamma)));

    /// <summary>A child key by name (64-bit FNV-1a over UTF-16 code units).</summary>
    public RandomKey Derive(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Derive(hash);
    }

    /// <summary>A child key by logical time.</summary>
    public RandomKey Derive(Stamp stamp) =>
        Derive((ulong)stamp.Update).Derive(((ulong)(uint)stamp.Step << 32) | (uint)stamp.Round);

    /// <summary>The numbers this key stands for.</summary>
    public RandomStream Stream() => new(Value);
}
