namespace Marl.Actors.Coordination.Auctions.Auctioneers;

/// <summary>What an auctioneer sees and decides in one copy, in one round of a step. Views: not to be kept.</summary>
internal readonly ref struct AuctionFloor
{
    /// <summary>[bidders, lots]: prices; 0 where there is no bid.</summary>
    public required ReadOnlySpan<double> Prices { get; init; }

    /// <summary>[bidders, lots]: 1 buys, −1 sells.</summary>
    public required ReadOnlySpan<int> Quantities { get; init; }

    /// <summary>[bidders, lots]: who takes on what it was offered; empty where nobody is asked.</summary>
    public required ReadOnlySpan<int> Accepts { get; init; }

    /// <summary>[bidders, lots]: to fill. Cleared before the first round of a step and kept through the others.</summary>
    public required Span<int> Won { get; init; }

    /// <summary>[bidders]: to fill; likewise.</summary>
    public required Span<double> Paid { get; init; }

    /// <summary>[lots]: what bids are taken for in the next round.</summary>
    public required Span<bool> Open { get; init; }

    /// <summary>[bidders, lots]: what is offered in this round; empty where nobody is asked.</summary>
    public required Span<int> Offered { get; init; }

    /// <summary>[3]: price, side and deal of the last shout; empty where none are told.</summary>
    public required Span<double> Shout { get; init; }
}

/// <summary>The rules of an auction. Bids of a step come in rounds, all of a round at once.</summary>
internal interface IAuctioneer
{
    /// <summary>Takes the bids of a round.</summary>
    /// <param name="copy">In which copy of the world.</param>
    /// <param name="round">The round within the step.</param>
    /// <param name="begins">An episode begins with this step.</param>
    /// <param name="floor">Bids and decisions.</param>
    void Take(int copy, int round, bool begins, AuctionFloor floor);

    /// <summary>Writes what it remembers from step to step.</summary>
    void Save(Core.Stages.StageSnapshot snapshot)
    {
    }

    /// <summary>Takes a saved state over.</summary>
    void Load(Core.Stages.StageSnapshot snapshot)
    {
    }
}

/// <summary>Who and what an auction is for.</summary>
/// <param name="Bidders">Participants.</param>
/// <param name="Lots">What is on offer.</param>
/// <param name="Copies">Auctions side by side.</param>
internal sealed record AuctionSize(int Bidders, int Lots, int Copies);
