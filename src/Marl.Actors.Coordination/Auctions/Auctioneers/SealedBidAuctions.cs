using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>The options of <c>auction/first-price</c> and <c>auction/second-price</c>.</summary>
public sealed record SealedBidOptions(
    [Option("The least price a lot is sold for.", Minimum = 0)] double Reserve = 0);

/// <summary>The options of <c>auction/sequential</c>.</summary>
public sealed record SequentialOptions(
    [Option("How many lots are sold, one a round, in their order; further ones stay unsold.", Minimum = 1, Maximum = 1000)] int Lots = 8,
    [Option("What the winner of a lot pays: its own bid, or the highest of another.")] Pricing Pricing = Pricing.Second,
    [Option("The least price a lot is sold for.", Minimum = 0)] double Reserve = 0,
    [Option("Lots one participant may win in a step.", Minimum = 1, Maximum = 1000)] int Capacity = 1);

/// <summary>Sealed bids: all lots at once, each on its own, or one after another.</summary>
internal static class SealedBidAuctions
{
    /// <summary><c>auction/first-price</c>.</summary>
    public static Component FirstPrice { get; } = AuctionComponent.Of<SealedBidOptions>(
        "first-price", "Sells every lot on its own to its highest bidder, who pays its bid.", "Vickrey 1961", (o, size) => new AtOnce(o, Pricing.First, size));

    /// <summary><c>auction/second-price</c>.</summary>
    public static Component SecondPrice { get; } = AuctionComponent.Of<SealedBidOptions>(
        "second-price", "Sells every lot on its own to its highest bidder, who pays the second highest bid.", "Vickrey 1961", (o, size) => new AtOnce(o, Pricing.Second, size));

    /// <summary><c>auction/sequential</c>.</summary>
    public static Component Sequential { get; } = AuctionComponent.Of<SequentialOptions>(
        "sequential",
        "Sells one lot a round by sealed bids; who has won as much as it may is out.",
        "Milgrom, Weber 1982; Koenig et al., AAAI 2006",
        (o, size) => new OneByOne(o, size),
        o => o.Lots);

    private sealed class AtOnce : IAuctioneer
    {
        private readonly SealedBidOptions options;
        private readonly Pricing pricing;
        private readonly AuctionSize size;
        private readonly bool[] mayWin;

        public AtOnce(SealedBidOptions options, Pricing pricing, AuctionSize size)
        {
            (this.options, this.pricing, this.size, mayWin) = (options, pricing, size, new bool[size.Bidders]);
            Array.Fill(mayWin, true);
        }

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            for (var lot = 0; lot < size.Lots; lot++)
            {
                var (winner, paid) = SealedBids.Sell(floor.Prices[lot..], size.Lots, pricing, options.Reserve, mayWin);
                if (winner >= 0)
                {
                    floor.Won[(winner * size.Lots) + lot] = 1;
                    floor.Paid[winner] += paid;
                }
            }
        }
    }

    private sealed class OneByOne(SequentialOptions options, AuctionSize size) : IAuctioneer
    {
        private readonly bool[] mayWin = new bool[size.Bidders];

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            floor.Open.Clear();
            if (round < size.Lots)
            {
                Sell(round, floor);
            }

            if (round + 1 < size.Lots)
            {
                floor.Open[round + 1] = true;
            }
        }

        private void Sell(int lot, AuctionFloor floor)
        {
            for (var bidder = 0; bidder < size.Bidders; bidder++)
            {
                mayWin[bidder] = size.Lots - floor.Won.Slice(bidder * size.Lots, size.Lots).Count(0) < options.Capacity;
            }

            var (winner, paid) = SealedBids.Sell(floor.Prices[lot..], size.Lots, options.Pricing, options.Reserve, mayWin);
            if (winner >= 0)
            {
                floor.Won[(winner * size.Lots) + lot] = 1;
                floor.Paid[winner] += paid;
            }
        }
    }
}
