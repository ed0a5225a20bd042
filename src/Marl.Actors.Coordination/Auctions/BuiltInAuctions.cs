using Marl.Actors.Coordination.Auctions.Auctioneers;
using Marl.Actors.Coordination.Auctions.Bidders;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions;

/// <summary>The auctions of the built-in catalog, and who takes part in them: one line each.</summary>
public static class BuiltInAuctions
{
    /// <summary>All of them.</summary>
    public static Values<Component> All { get; } =
    [
        SealedBidAuctions.FirstPrice,
        SealedBidAuctions.SecondPrice,
        VickreyAuction.Component,
        SealedBidAuctions.Sequential,
        CombinatorialAuction.Component,
        DoubleAuction.Component,
        ContractNet.Component,
        BidderAgent.Component,
        GreedyAgent.Component,
        TraderAgent.Component,
    ];
}
