using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Auctions;

public sealed class WinnerDeterminationTests
{
    [Fact]
    public void The_search_finds_what_trying_everything_finds()
    {
        var random = RandomKey.FromSeed(8).Stream();
        for (var i = 0; i < 1000; i++)
        {
            var (bidders, bundles, bids) = Problem(ref random, most: 6);
            var won = new int[bidders];

            var sum = new WinnerDetermination(bidders, bundles).Exact(bids, won);

            Assert.Equal(Drawn.BestBundles(bids, bundles, bidders), sum, 1e-12);
            Allocates(won, bundles, bids, sum);
        }
    }

    [Fact]
    public void The_greedy_choice_stays_within_its_bound()
    {
        var random = RandomKey.FromSeed(9).Stream();
        for (var i = 0; i < 1000; i++)
        {
            var (bidders, bundles, bids) = Problem(ref random, most: 6);
            var won = new int[bidders];
            var things = bundles.Max(b => 64 - System.Numerics.BitOperations.LeadingZeroCount(b));

            var sum = new WinnerDetermination(bidders, bundles).Greedy(bids, won);

            Allocates(won, bundles, bids, sum);
            Assert.InRange(sum, Drawn.BestBundles(bids, bundles, bidders) / Math.Sqrt(2 * things), double.PositiveInfinity);
        }
    }

    [Fact]
    public void The_greedy_choice_can_lose_the_root_of_the_things()
    {
        // One bundle of all nine things for a little more than 3, or nine bidders with 1 each: the bound for single bundles is met.
        ulong[] bundles = [.. Enumerable.Range(0, 9).Select(i => 1UL << i), (1UL << 9) - 1];
        var bids = new double[10 * 10];
        for (var bidder = 0; bidder < 10; bidder++)
        {
            bids[(bidder * 10) + bidder] = bidder < 9 ? 1 : 3.001;
        }

        var auction = new WinnerDetermination(10, bundles);
        Assert.Equal(3.001, auction.Greedy(bids, new int[10]));
        Assert.Equal(9, auction.Exact(bids, new int[10]));
    }

    private static void Allocates(int[] won, ulong[] bundles, double[] bids, double sum)
    {
        var sold = 0UL;
        foreach (var bundle in won.Where(w => w >= 0))
        {
            Assert.Equal(0UL, sold & bundles[bundle]);
            sold |= bundles[bundle];
        }

        Assert.Equal(sum, won.Select((bundle, bidder) => bundle < 0 ? 0 : bids[(bidder * bundles.Length) + bundle]).Sum(), 1e-12);
    }

    private static (int Bidders, ulong[] Bundles, double[] Bids) Problem(ref RandomStream random, int most)
    {
        var (bidders, count, things) = (1 + random.NextInt(4), 1 + random.NextInt(most), 2 + random.NextInt(6));
        var bundles = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            bundles[i] = 1 + (ulong)random.NextInt((1 << things) - 1);
        }

        return (bidders, bundles, Drawn.Values(bidders * count, ref random));
    }
}
