namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>
/// A double auction that gathers orders for one unit each and clears them at one price: the highest bids meet the lowest asks as
/// far as they cross, and all trade in the middle of the prices that clear (k = ½; Friedman, Rust, The double auction market, 1993).
/// </summary>
public sealed class CallMarket(int traders)
{
    private readonly int[] buyers = new int[traders];
    private readonly int[] sellers = new int[traders];

    /// <summary>Clears.</summary>
    /// <param name="prices">What each trader offers or asks.</param>
    /// <param name="sides">1 buys, −1 sells, 0 takes no part.</param>
    /// <param name="filled">To fill: 1 bought, −1 sold, 0 neither.</param>
    /// <returns>The price; not a number when nothing is traded.</returns>
    public double Clear(ReadOnlySpan<double> prices, ReadOnlySpan<int> sides, Span<int> filled)
    {
        var (bids, asks) = (0, 0);
        for (var trader = 0; trader < traders; trader++)
        {
            filled[trader] = 0;
            if (sides[trader] > 0)
            {
                Insert(buyers, bids++, trader, prices, isDescending: true);
            }
            else if (sides[trader] < 0)
            {
                Insert(sellers, asks++, trader, prices, isDescending: false);
            }
        }

        var traded = 0;
        while (traded < Math.Min(bids, asks) && prices[buyers[traded]] >= prices[sellers[traded]])
        {
            (filled[buyers[traded]], filled[sellers[traded]]) = (1, -1);
            traded++;
        }

        if (traded == 0)
        {
            return double.NaN;
        }

        // No buyer left out would pay more, no seller left out would take less.
        var high = Math.Min(prices[buyers[traded - 1]], traded < asks ? prices[sellers[traded]] : double.PositiveInfinity);
        var low = Math.Max(prices[sellers[traded - 1]], traded < bids ? prices[buyers[traded]] : double.NegativeInfinity);
        return (low + high) / 2;
    }

    // Insertion keeps the order of equals: who comes first in the list trades first.
    private static void Insert(int[] queue, int count, int trader, ReadOnlySpan<double> prices, bool isDescending)
    {
        var place = count;
        while (place > 0 && (isDescending ? prices[queue[place - 1]] < prices[trader] : prices[queue[place - 1]] > prices[trader]))
        {
            queue[place] = queue[place - 1];
            place--;
        }

        queue[place] = trader;
    }
}
