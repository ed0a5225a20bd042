using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>When a double auction trades.</summary>
public enum Clearing
{
    /// <summary>With every shout: who reaches the other side's best price deals at it.</summary>
    Continuous,

    /// <summary>Once a step, all at one price.</summary>
    Call,
}

/// <summary>The options of <c>auction/double</c>.</summary>
public sealed record DoubleAuctionOptions(
    [Option("Whether every shout may make a trade at once, or all of a step are cleared together at one price.")] Clearing Clearing = Clearing.Continuous);

/// <summary><c>auction/double</c>: buyers and sellers of one thing, a unit each.</summary>
internal static class DoubleAuction
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = AuctionComponent.Of<DoubleAuctionOptions>(
        "double",
        "Brings buyers and sellers of one thing together, with every shout or once a step; all hear the last price.",
        "Friedman, Rust 1993; Gode, Sunder, JPE 1993",
        (o, size) => o.Clearing == Clearing.Call ? new Caller(size) : new Pit(size),
        isPublic: true,
        fits: ((_, lots) => lots == 1, _ => "one lot (Box(1))"));

    /// <summary>Shouts of a step are heard in the order of the participants; usually only one of them shouts.</summary>
    private sealed class Pit : IAuctioneer
    {
        private readonly OpenOutcry[] pits; // by copy

        public Pit(AuctionSize size) => pits = [.. Enumerable.Range(0, size.Copies).Select(_ => new OpenOutcry())];

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            ref var pit = ref pits[copy];
            if (begins)
            {
                pit.Clear();
            }

            floor.Shout.Clear();
            for (var trader = 0; trader < floor.Paid.Length; trader++)
            {
                var side = floor.Quantities[trader];
                if (side == 0 || floor.Won[trader] != 0)
                {
                    continue; // nothing to say, or its one unit is traded since
                }

                var (buyer, seller, price) = pit.Shout(trader, side > 0, floor.Prices[trader]);
                (floor.Shout[0], floor.Shout[1], floor.Shout[2]) = (buyer >= 0 ? price : floor.Prices[trader], side, buyer >= 0 ? 1 : 0);
                if (buyer >= 0)
                {
                    (floor.Won[buyer], floor.Won[seller]) = (1, -1);
                    (floor.Paid[buyer], floor.Paid[seller]) = (price, -price);
                }
            }
        }

        public void Save(StageSnapshot snapshot)
        {
            snapshot.Put<int>("pit.who", [.. pits.SelectMany(p => (int[])[p.Bidder, p.Asker])]);
            snapshot.Put<double>("pit.prices", [.. pits.SelectMany(p => (double[])[p.Bid, p.Ask])]);
        }

        public void Load(StageSnapshot snapshot)
        {
            var (who, prices) = (snapshot.Get<int>("pit.who"), snapshot.Get<double>("pit.prices"));
            for (var i = 0; i < pits.Length; i++)
            {
                pits[i] = new() { Bidder = who[2 * i], Asker = who[(2 * i) + 1], Bid = prices[2 * i], Ask = prices[(2 * i) + 1] };
            }
        }
    }

    private sealed class Caller(AuctionSize size) : IAuctioneer
    {
        private readonly CallMarket market = new(size.Bidders);

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            var price = market.Clear(floor.Prices, floor.Quantities, floor.Won);
            floor.Shout.Clear();
            if (double.IsNaN(price))
            {
                return;
            }

            (floor.Shout[0], floor.Shout[1], floor.Shout[2]) = (price, 1, 1);
            for (var trader = 0; trader < size.Bidders; trader++)
            {
                floor.Paid[trader] = floor.Won[trader] * price;
            }
        }
    }
}
