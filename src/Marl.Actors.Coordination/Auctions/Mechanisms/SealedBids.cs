namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>What the winner of a sealed-bid auction pays.</summary>
public enum Pricing
{
    /// <summary>Its own bid.</summary>
    First,

    /// <summary>The highest bid of another, at least the reserve (Vickrey 1961).</summary>
    Second,
}

/// <summary>One thing, sealed bids: the highest wins.</summary>
public static class SealedBids
{
    /// <summary>Sells one thing.</summary>
    /// <param name="bids">The price each bidder offers; 0 or less is no bid.</param>
    /// <param name="stride">Distance between the bids of two bidders.</param>
    /// <param name="pricing">What the winner pays.</param>
    /// <param name="reserve">The least price.</param>
    /// <param name="mayWin">Who takes part.</param>
    /// <returns>The winner, the first of equals, or −1; and what it pays.</returns>
    public static (int Winner, double Paid) Sell(ReadOnlySpan<double> bids, int stride, Pricing pricing, double reserve, ReadOnlySpan<bool> mayWin)
    {
        var (winner, best, second) = (-1, 0.0, 0.0);
        for (var bidder = 0; bidder * stride < bids.Length; bidder++)
        {
            var bid = bids[bidder * stride];
            if (!mayWin[bidder] || !(bid > 0) || bid < reserve)
            {
                continue;
            }

            if (winner < 0 || bid > best)
            {
                (winner, best, second) = (bidder, bid, best);
            }
            else
            {
                second = Math.Max(second, bid);
            }
        }

        return winner < 0 ? (-1, 0) : (winner, pricing == Pricing.First ? best : Math.Max(second, reserve));
    }
}
