using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>How a bidder comes from a value to a bid.</summary>
public enum Bidding
{
    /// <summary>A fixed share of the value.</summary>
    Fixed,

    /// <summary>Anything from nothing to that share, each price as likely.</summary>
    ZeroIntelligence,

    /// <summary>A share that a policy chooses, who is paid what the bid gained.</summary>
    Learned,
}

/// <summary>The options of <c>agent/bidder</c>.</summary>
public sealed record BidderOptions(
    [Option("A fixed share of the value, a price of chance up to it, or the share a policy chooses ('choices').")] Bidding Bidding = Bidding.Fixed,
    [Option("The share of the value it offers, and the most a policy may choose; 1 is honest.", Minimum = 0, Maximum = 10)] double Share = 1,
    [Option("learned: shares a policy may choose from, evenly from 0 to the greatest.", Minimum = 2, Maximum = 1000)] int Levels = 21);

/// <summary>
/// <c>agent/bidder</c>: what it sees is what each lot is worth to it; it bids, and does what it has won: action 0 is nothing,
/// action i + 1 is lot i. It wants one lot: having won one it bids no more, and of several it does the one it values most. Where
/// it learns, a policy beside it (agent/actor-critic) sees the same values, chooses the share of them that is offered, and is
/// paid what was gained, the worth of what was done minus the price of what was won.
/// </summary>
internal static class BidderAgent
{
    /// <summary>Index of the input <c>choices</c>.</summary>
    public const int Choices = 2;

    /// <summary>Index of the output <c>steps</c>.</summary>
    public const int Shown = 2;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/bidder",
        Summary = "Bids for lots by the values it sees, and does the one it has won.",
        Source = "Vickrey 1961; Gode, Sunder, JPE 1993",
        Options = OptionsSchema.Of<BidderOptions>(),
        AllowsEach = true,
        Inputs = [.. BidderPorts.Inputs, new("choices", ActionMessages.Kind, "Which share a policy offers, one token a step ('bidding: learned').", Required: false)],
        Outputs = [.. BidderPorts.Outputs, new("steps", StepMessages.Kind, "What that policy is shown: the values, and what its last choice gained.", StepMessages.Layout)],
        Sign = (options, context) => Sign((BidderOptions)options, context),
        Create = (options, context) => new BidderStage((BidderOptions)options, context),
    };

    private static Signature Sign(BidderOptions options, SignatureContext context)
    {
        var (copies, lots, action, rounds) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"), Term.Var("rounds"));
        var (name, share, isLearned) = (Term.Of(context.InstanceName), Term.Of(new Discrete(options.Levels)), options.Bidding == Bidding.Learned);
        Phase[] bids = isLearned
            ? [Phase.Once.Take("steps").Send("steps"), Phase.Once.Take("choices").Send("bids")]
            : [Phase.Once.Take("steps").Send("bids")];
        return BidderPorts.Sign(lots, action, lots, rounds, Term.Var("offers"), Term.Var("public"), name)
            .In("choices", ActionMessages.Type(copies, share))
            .Out("steps", StepMessages.Type(copies, lots, share, Term.Of(false), Term.Of(RewardConvention.PerAgent), Term.Of(true)))
            .Where("steps", "observation", space => space is Box, "an observation of a value for each lot (a box)")
            .Where("steps", "action", space => space is Discrete { Count: > 1 }, "an action for nothing and one for each lot (a discrete space)")
            .Where("steps", "reward", convention => !isLearned || convention is RewardConvention.PerAgent, "rewards per agent, to say what each has gained ('bidding: learned')")
            .Where("steps", "observation", _ => !isLearned || context.Peers("choices") > 0, "a policy's 'choices' besides, to bid as it says ('bidding: learned')")
            .Where("choices", "action", _ => isLearned, "'bidding: learned', to bid as a policy says")
            .Fires([.. bids, Phase.Times((Amount)rounds - 1).Take("awards").Send("bids"), Phase.Once.Take("awards").Send("actions")]);
    }
}
