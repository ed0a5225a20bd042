using Marl.Actors.Coordination.Collectives;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Collectives;

/// <summary>The ways of an all-reduce, played by hand on numbers whose sum depends on the order of addition.</summary>
public sealed class ExchangeTests
{
    public static TheoryData<AllReduceAlgorithm, Reduction, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<AllReduceAlgorithm, Reduction, int, int>();
            foreach (var count in (int[])[1, 2, 3, 4, 5, 7, 8, 9])
            {
                cases.Add(AllReduceAlgorithm.Ring, Reduction.Mean, count, 3); // some own nothing
                cases.Add(AllReduceAlgorithm.Ring, Reduction.Sum, count, 1001);
                cases.Add(AllReduceAlgorithm.Tree, Reduction.Mean, count, 24);
                cases.Add(AllReduceAlgorithm.Tree, Reduction.Sum, count, 1001);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Everybody_ends_with_the_sum_of_the_fixed_tree_to_the_bit(AllReduceAlgorithm algorithm, Reduction reduction, int count, int length)
    {
        var parts = Parts(count, length);
        Memory<float>[] tree = [.. parts.Select(p => p.ToArray().AsMemory())];
        ReductionTree.Sum(tree);
        if (reduction == Reduction.Mean)
        {
            ReductionTree.Divide(tree[0].Span, count);
        }

        var (participants, _) = Play(new(algorithm, reduction), parts);
        Assert.All(participants, p => Assert.Equal(tree[0].ToArray(), p.Block));
    }

    [Fact]
    public void The_order_of_addition_matters_here()
    {
        var parts = Parts(8, 1001);
        var sums = new float[1001];
        foreach (var part in parts.Reverse())
        {
            ReductionTree.Add(sums, part);
        }

        Assert.NotEqual(Play(new(AllReduceAlgorithm.Ring, Reduction.Sum), parts).Participants[0].Block, sums);
    }

    // 2 (n − 1) / n blocks from each, as around a ring; up and down a tree n − 1 blocks in all, each way.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void What_each_sends_is_what_theory_says(int count)
    {
        var parts = Parts(count, 24);
        Assert.All(Play(new(AllReduceAlgorithm.Ring), parts).Floats, sent => Assert.Equal(2 * (count - 1) * 24 / count, sent));
        Assert.Equal(2 * (count - 1) * 24, Play(new(AllReduceAlgorithm.Tree), parts).Floats.Sum());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 3)]
    [InlineData(9, 4)]
    public void A_tree_has_as_many_levels_as_shards_have_halves(int shards, int levels) => Assert.Equal(levels, ReductionTree.Levels(shards));

    private static (IExchange[] Participants, int[] Floats) Play(AllReduceOptions options, float[][] parts)
    {
        IExchange[] all = [.. parts.Select((p, self) => AllReduceComponent.Exchange(options, self, parts.Length, p.Length))];
        var floats = new int[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            parts[i].CopyTo(all[i].Block, 0);
        }

        for (var round = 0; round < all[0].Rounds; round++)
        {
            var said = all.Select(from => all.Select((_, to) => from.Says(round, to).ToArray()).ToArray()).ToArray();
            for (var to = 0; to < all.Length; to++)
            {
                for (var from = 0; from < all.Length; from++)
                {
                    if (from != to && all[to].IsHeard(round, from))
                    {
                        all[to].Hear(round, from, said[from][to]);
                        floats[from] += said[from][to].Length;
                    }
                }

                all[to].End(round);
            }
        }

        return (all, floats);
    }

    /// <summary>Of magnitudes from 2⁻¹⁰ to 2¹⁰, both signs.</summary>
    private static float[][] Parts(int count, int length)
    {
        var random = RandomKey.FromSeed(3).Stream();
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(2, (20 * random.NextDouble()) - 10))).ToArray())];
    }
}
