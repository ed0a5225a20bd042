using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>How a bidder comes from a value to a bid.</summary>
public enum Bidding
{
    /// <summary>A fixed share of the value.</summary>
    Fixed,

    /// <summary>Anything from nothing to that share, each price as likely.</summary>
    ZeroIntelligence,
}

/// <summary>The options of <c>agent/bidder</c>.</summary>
public sealed record BidderOptions(
    [Option("A fixed share of the value, or a price of chance up to it.")] Bidding Bidding = Bidding.Fixed,
    [Option("The share of the value it offers; 1 is honest.", Minimum = 0, Maximum = 10)] double Share = 1);

/// <summary>
/// <c>agent/bidder</c>: what it sees is what each lot is worth to it; it bids, and does what it has won: action 0 is nothing,
/// action i + 1 is lot i. It wants one lot: having won one it bids no more, and of several it does the one it values most.
/// </summary>
internal static class BidderAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/bidder",
        Summary = "Bids for lots by the values it sees, and does the one it has won.",
        Source = "Vickrey 1961; Gode, Sunder, JPE 1993",
        Options = OptionsSchema.Of<BidderOptions>(),
        AllowsEach = true,
        Inputs = BidderPorts.Inputs,
        Outputs = BidderPorts.Outputs,
        Sign = (_, context) => Sign(context),
        Create = (options, context) => new BidderStage((BidderOptions)options, context),
    };

    private static Signature Sign(SignatureContext context)
    {
        var (copies, lots, action, rounds, offers) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"), Term.Var("rounds"), Term.Var("offers"));
        var name = Term.Of(context.InstanceName);
        return new Signature()
            .In("steps", StepMessages.Type(copies, lots, action, Term.Var("mask"), Term.Var("reward"), Term.Of(true)))
            .In("awards", AwardMessages.Type(copies, lots, rounds, offers, Term.Var("public"), name))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("bids", BidMessages.Type(copies, lots, rounds, offers, name))
            .Where("steps", "observation", space => space is Box, "an observation of a value for each lot (a box)")
            .Where("steps", "action", space => space is Discrete { Count: > 1 }, "an action for nothing and one for each lot (a discrete space)")
            .Fires(
                Phase.Once.Take("steps").Send("bids"),
                Phase.Times((Amount)rounds - 1).Take("awards").Send("bids"),
                Phase.Once.Take("awards").Send("actions"));
    }
}
