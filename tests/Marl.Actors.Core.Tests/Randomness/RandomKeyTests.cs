using System.Numerics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Core.Tests.Randomness;

public sealed class RandomKeyTests
{
    [Fact]
    public void The_same_derivation_gives_the_same_key() =>
        Assert.Equal(
            RandomKey.FromSeed(1).Derive("world").Derive(3).Derive(new Stamp(2, 5)),
            RandomKey.FromSeed(1).Derive("world").Derive(3).Derive(new Stamp(2, 5)));

    /// <summary>Weights saved today must load into the same run tomorrow: the derivation is part of the file format.</summary>
    [Fact]
    public void The_derivation_does_not_change_between_versions()
    {
        Assert.Equal(Mix(1 + 0x5851F42D4C957F2DUL), RandomKey.FromSeed(1).Value);
        Assert.Equal(Mix(7UL ^ Mix(3 + 0x9E3779B97F4A7C15UL)), new RandomKey(7).Derive(3).Value);

        static ulong Mix(ulong z) => new RandomStream(z - 0x9E3779B97F4A7C15UL).NextBits();
    }

    [Fact]
    public void Keys_of_a_whole_experiment_are_all_different()
    {
        var keys = new HashSet<ulong>();
        var count = 0;
        foreach (var seed in (long[])[0, 1, 2, -1, long.MaxValue])
        {
            foreach (var stage in (string[])["world", "team", "learner", "evaluation/team", ""])
            {
                for (ulong instance = 0; instance < 5; instance++)
                {
                    var key = RandomKey.FromSeed(seed).Derive(stage).Derive(instance);
                    for (var update = 0; update < 40; update++)
                    {
                        for (var step = 0; step < 25; step++)
                        {
                            keys.Add(key.Derive(new Stamp(update, step)).Value);
                            count++;
                        }
                    }
                }
            }
        }

        Assert.Equal(125_000, count);
        Assert.Equal(count, keys.Count);
    }

    [Fact]
    public void Order_of_derivation_matters() => Assert.NotEqual(
        new RandomKey(1).Derive(2).Derive(3), new RandomKey(1).Derive(3).Derive(2));

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    public void Every_part_of_a_stamp_matters(int update, int step, int round) => Assert.NotEqual(
        new RandomKey(9).Derive(new Stamp(0)), new RandomKey(9).Derive(new Stamp(update, step, round)));

    [Fact]
    public void Neighbouring_keys_share_no_bits_beyond_chance()
    {
        // 64 bits × 10,000 neighbours: the share of equal bits has standard deviation 0.000625.
        var equal = 0L;
        for (ulong tag = 0; tag < 10_000; tag++)
        {
            var (a, b) = (new RandomKey(1).Derive(tag).Stream(), new RandomKey(1).Derive(tag + 1).Stream());
            equal += 64 - BitOperations.PopCount(a.NextBits() ^ b.NextBits());
        }

        Assert.InRange(equal / 640_000.0, 0.5 - 0.0025, 0.5 + 0.0025);
    }

    [Fact]
    public void Streams_of_derived_keys_are_not_correlated()
    {
        var root = RandomKey.FromSeed(11);
        var sum = 0.0;
        const int Count = 50_000;
        for (ulong tag = 0; tag < Count; tag++)
        {
            sum += (root.Derive(tag).Stream().NextDouble() - 0.5) * (root.Derive(tag + 1).Stream().NextDouble() - 0.5);
        }

        Assert.InRange(12 * sum / Count, -0.018, 0.018); // correlation, four standard errors
    }
}
