namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>
/// A continuous double auction as in a trading pit, for one unit each: one best bid and one best ask stand. A shout that reaches
/// the other side's price trades at that price, the earlier of the two; one that betters its own side's price takes its place;
/// any other is refused (the improvement rule). A trade takes both away, and bidding begins anew. Gode, Sunder, Allocative
/// efficiency of markets with zero-intelligence traders, JPE 1993.
/// </summary>
public struct OpenOutcry
{
    private const int Nobody = -1;

    /// <summary>An empty pit.</summary>
    public OpenOutcry()
    {
    }

    /// <summary>Who bids best, or −1.</summary>
    public int Bidder { get; set; } = Nobody;

    /// <summary>What it offers.</summary>
    public double Bid { get; set; }

    /// <summary>Who asks least, or −1.</summary>
    public int Asker { get; set; } = Nobody;

    /// <summary>What it asks.</summary>
    public double Ask { get; set; }

    /// <summary>Somebody shouts a price.</summary>
    /// <returns>Buyer, seller and price of the trade it made; both −1 when it made none.</returns>
    public (int Buyer, int Seller, double Price) Shout(int trader, bool isBuying, double price)
    {
        if (isBuying && Asker != Nobody && price >= Ask)
        {
            return Trade(trader, Asker, Ask);
        }

        if (!isBuying && Bidder != Nobody && price <= Bid)
        {
            return Trade(Bidder, trader, Bid);
        }

        if (isBuying && (Bidder == Nobody || price > Bid))
        {
            (Bidder, Bid) = (trader, price);
        }
        else if (!isBuying && (Asker == Nobody || price < Ask))
        {
            (Asker, Ask) = (trader, price);
        }

        return (Nobody, Nobody, 0);
    }

    /// <summary>Takes all shouts back: a day is over.</summary>
    public void Clear() => (Bidder, Asker) = (Nobody, Nobody);

    private (int Buyer, int Seller, double Price) Trade(int buyer, int seller, double price)
    {
        Clear();
        return (buyer, seller, price);
    }
}
