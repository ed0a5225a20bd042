using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary><c>auction/vcg</c>: one lot for each at most, where the bids' sum is greatest.</summary>
internal static class VickreyAuction
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = AuctionComponent.Of<NoOptions>(
        "vcg",
        "Gives each participant at most one lot such that the bids' sum is greatest; each pays what it costs the others.",
        "Vickrey 1961; Clarke 1971; Groves 1973; Leonard 1983",
        (_, size) => new Auctioneer(size));

    private sealed class Auctioneer(AuctionSize size) : IAuctioneer
    {
        private readonly VickreyClarkeGroves mechanism = new(size.Bidders, size.Lots);
        private readonly int[] lot = new int[size.Bidders];

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            mechanism.Sell(floor.Prices, lot, floor.Paid);
            for (var bidder = 0; bidder < size.Bidders; bidder++)
            {
                if (lot[bidder] != AssignmentSolver.None)
                {
                    floor.Won[(bidder * size.Lots) + lot[bidder]] = 1;
                }
            }
        }
    }
}
