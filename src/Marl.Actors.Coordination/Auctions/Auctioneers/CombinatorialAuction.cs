using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>The options of <c>auction/combinatorial</c>.</summary>
public sealed record CombinatorialOptions(
    [Option("Things in a row. Each lot is a stretch of neighbouring ones: all single ones first, then all pairs, and so on.", Minimum = 1, Maximum = 64)] int Items = 8,
    [Option("Things in the longest lot.", Minimum = 1, Maximum = 64)] int Longest = 1,
    [Option("Up to so many live bids the best allocation is searched for, and participants pay what they cost the others. Of more, the bids with the highest price for the root of their size are taken in turn, at the price they offer.", Minimum = 0, Maximum = 1000)] int Exact = 128);

/// <summary><c>auction/combinatorial</c>: bids on stretches of things, one stretch for each at most.</summary>
internal static class CombinatorialAuction
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = AuctionComponent.Of<CombinatorialOptions>(
        "combinatorial",
        "Sells stretches of neighbouring things, at most one to each: few bids optimally, many greedily, within 1/√(2m) of the best for m things.",
        "Rothkopf, Pekeč, Harstad 1998; Lehmann, O'Callaghan, Shoham, JACM 2002",
        (o, size) => new Auctioneer(o, size),
        fits: ((o, lots) => Stretches.Count(o.Items, o.Longest) == lots, o => $"{Stretches.Count(o.Items, o.Longest)} lots ({o.Items} things in stretches of up to {o.Longest})"));

    private sealed class Auctioneer(CombinatorialOptions options, AuctionSize size) : IAuctioneer
    {
        private readonly WinnerDetermination mechanism = new(size.Bidders, [.. Stretches.Of(options.Items, options.Longest)]);
        private readonly int[] lot = new int[size.Bidders];
        private readonly int[] others = new int[size.Bidders];

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            var isExact = floor.Prices.Length - floor.Prices.Count(0) <= options.Exact;
            var welfare = isExact ? mechanism.Exact(floor.Prices, lot) : mechanism.Greedy(floor.Prices, lot);
            for (var bidder = 0; bidder < size.Bidders; bidder++)
            {
                if (lot[bidder] >= 0)
                {
                    var bid = floor.Prices[(bidder * size.Lots) + lot[bidder]];
                    floor.Won[(bidder * size.Lots) + lot[bidder]] = 1;
                    floor.Paid[bidder] = isExact ? Math.Clamp(mechanism.Exact(floor.Prices, others, bidder) - (welfare - bid), 0, bid) : bid;
                }
            }
        }
    }
}
