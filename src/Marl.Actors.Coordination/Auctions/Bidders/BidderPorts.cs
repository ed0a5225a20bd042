using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Agents;

namespace Marl.Actors.Coordination.Auctions.Bidders;

/// <summary>The ports of whoever takes part in an auction and does in the world what came of it.</summary>
internal static class BidderPorts
{
    /// <summary>Index of the input <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the input <c>awards</c>.</summary>
    public const int Awards = 1;

    /// <summary>Index of the output <c>actions</c>.</summary>
    public const int Actions = 0;

    /// <summary>Index of the output <c>bids</c>.</summary>
    public const int Bids = 1;

    /// <summary>What they take.</summary>
    public static Values<InputPort> Inputs { get; } =
        [AgentPorts.Inputs[AgentPorts.Steps], new("awards", AwardMessages.Kind, "The auctioneer's answer, one token a round.")];

    /// <summary>What they send.</summary>
    public static Values<OutputPort> Outputs { get; } =
        [AgentPorts.Outputs[AgentPorts.Actions], new("bids", BidMessages.Kind, "What the agent offers, one token a round.", BidMessages.Layout)];

    /// <summary>The types of these ports.</summary>
    /// <param name="observation">What it sees.</param>
    /// <param name="action">What it may do.</param>
    /// <param name="lots">What is auctioned.</param>
    /// <param name="rounds">Rounds of a step.</param>
    /// <param name="offers">Whether the auction asks before it sells.</param>
    /// <param name="isPublic">Whether all hear what is bid.</param>
    /// <param name="name">Who it is.</param>
    public static Signature Sign(Term observation, Term action, Term lots, Term rounds, Term offers, Term isPublic, Term name)
    {
        var copies = Term.Var("copies");
        return new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, Term.Var("mask"), Term.Var("reward"), Term.Of(true)))
            .In("awards", AwardMessages.Type(copies, lots, rounds, offers, isPublic, name))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("bids", BidMessages.Type(copies, lots, rounds, offers, name));
    }

    /// <summary>Marks the copies in which an episode begins with a step.</summary>
    public static void Begin(Core.Messages.Message step, bool isFirst, Span<float> begins)
    {
        var terminated = step[StepMessages.Terminated];
        var truncated = step[StepMessages.Truncated];
        for (var copy = 0; copy < begins.Length; copy++)
        {
            begins[copy] = isFirst || terminated[copy] + truncated[copy] > 0 ? 1 : 0;
        }
    }
}
