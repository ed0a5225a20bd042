using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>The options of <c>auction/contract-net</c>.</summary>
public sealed record ContractNetOptions(
    [Option("Exchanges in a step: calls for bids with offers, and one in which the last offers are taken on.", Minimum = 2, Maximum = 100)] int Rounds = 4);

/// <summary>
/// <c>auction/contract-net</c>: a manager announces tasks, contractors bid, each task is offered to its highest bidder, and
/// contractors take on what suits them; what is refused is announced again. Nobody pays.
/// </summary>
internal static class ContractNet
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = AuctionComponent.Of<ContractNetOptions>(
        "contract-net",
        "Announces tasks, offers each to its highest bidder, and announces again what bidders refuse.",
        "Smith, IEEE Transactions on Computers 1980",
        (_, size) => new Manager(size),
        o => o.Rounds,
        asks: true);

    private sealed class Manager(AuctionSize size) : IAuctioneer
    {
        private readonly bool[] taken = new bool[size.Lots];

        public void Take(int copy, int round, bool begins, AuctionFloor floor)
        {
            Settle(floor, isFirst: round == 0);
            floor.Offered.Clear();
            for (var lot = 0; lot < size.Lots; lot++)
            {
                floor.Open[lot] = !taken[lot];
                var best = -1;
                for (var bidder = 0; bidder < size.Bidders && !taken[lot]; bidder++)
                {
                    var price = floor.Prices[(bidder * size.Lots) + lot];
                    best = price > 0 && (best < 0 || price > floor.Prices[(best * size.Lots) + lot]) ? bidder : best;
                }

                if (best >= 0)
                {
                    floor.Offered[(best * size.Lots) + lot] = 1;
                }
            }
        }

        // Only what was offered can be taken on: a contractor that claims more does not get it.
        private void Settle(AuctionFloor floor, bool isFirst)
        {
            Array.Clear(taken);
            for (var i = 0; i < floor.Won.Length; i++)
            {
                if (!isFirst && floor.Accepts[i] == 1 && floor.Offered[i] == 1)
                {
                    floor.Won[i] = 1;
                }

                taken[i % size.Lots] |= floor.Won[i] == 1;
            }
        }
    }
}
