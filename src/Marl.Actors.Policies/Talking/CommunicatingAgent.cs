using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Talking;

/// <summary>
/// <c>agent/communicating</c>: sees, talks with the others over a channel for a few rounds, and acts, all within one vector step.
/// It gathers rollouts, and beside them what was said and heard.
/// </summary>
public static class CommunicatingAgent
{
    /// <summary>Index of the input <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the input <c>heard</c>.</summary>
    public const int Heard = 1;

    /// <summary>Index of the input <c>weights</c>.</summary>
    public const int Weights = 2;

    /// <summary>Index of the output <c>actions</c>.</summary>
    public const int Actions = 0;

    /// <summary>Index of the output <c>messages</c>.</summary>
    public const int Messages = 1;

    /// <summary>Index of the output <c>rollouts</c>.</summary>
    public const int Rollouts = 2;

    /// <summary>Index of the output <c>exchanges</c>.</summary>
    public const int Exchanges = 3;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/communicating",
        Summary = "Sees, talks with the others over a channel for a few rounds, and takes a discrete action, all within one step.",
        Source = "Foerster, Assael, de Freitas, Whiteson, Learning to communicate with deep multi-agent reinforcement learning, NIPS 2016; Sukhbaatar et al., NIPS 2016; Das et al., ICML 2019; Singh et al., ICLR 2019.",
        Options = OptionsSchema.Of<CommunicatingOptions>(),
        AllowsEach = true,
        Inputs =
        [
            new("steps", StepMessages.Kind, "What the world shows the agent, one token a vector step."),
            new("heard", HeardMessages.Kind, "What the channel brings, one token a round."),
            new("weights", WeightsMessages.Kind, "The policy to act with, one token at the beginning of every rollout or evaluation pass."),
        ],
        Outputs =
        [
            new("actions", ActionMessages.Kind, "What the agent does in every copy, one token a vector step.", ActionMessages.Layout),
            new("messages", SpokenMessages.Kind, "What the agent says in every copy, one token a round.", SpokenMessages.Layout),
            new("rollouts", RolloutMessages.Kind, "What the agent saw, did and got in T vector steps.", RolloutMessages.Layout),
            new("exchanges", ExchangeMessages.Kind, "What the agent said and heard in the same steps.", ExchangeMessages.Layout),
        ],
        Validate = options => ((CommunicatingOptions)options).Conflicts(),
        ValidateInstances = (options, agents) => ((CommunicatingOptions)options).Conflicts(agents),
        Sign = (options, context) => Sign((CommunicatingOptions)options, context),
        Create = (options, context) => new CommunicatingStage((CommunicatingOptions)options, context),
    };

    private static Signature Sign(CommunicatingOptions options, SignatureContext context)
    {
        var (copies, observation, action) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"));
        var (mask, reward, roster, length) = (Term.Var("mask"), Term.Var("reward"), Term.Var("fixed-roster"), Term.Of(options.Rollout));
        var (speakers, seat, passage) = (Term.Var("speakers"), Term.Var("seat"), Term.Var("passage"));
        var (name, utterance, said) = (Term.Of(context.InstanceName), Term.Of(options.Utterance), Term.Of(options.Said));
        var talk = TalkSpec.ToTerms(options.Speech, options.Width, options.Signature, options.Rounds, options.Gate, options.Address, speakers);
        var policy = PolicySpec.ToTerm(
            options.Sharing.Group(context.Stage, context.InstanceName), options.Hidden, options.Activation, observation, action, options.Sharing.Identities(context.Names, context.Instance), talk);
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, mask, reward, roster))
            .In("heard", HeardMessages.Type(copies, utterance, speakers, name, seat, passage))
            .In("weights", WeightsMessages.Type(policy))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("messages", SpokenMessages.Type(copies, utterance, name))
            .Out("rollouts", RolloutMessages.Type(length, copies, observation, action, mask, reward, policy, Term.Of(true), roster))
            .Out("exchanges", ExchangeMessages.Type(length, copies, utterance, speakers, said, seat, passage, policy))
            .Where("steps", "action", space => space is Discrete, "a discrete action space")
            .Where("steps", "observation", space => space is Box box && options.Place.All(i => i < box.Length), "an observation of real numbers (a box), with all that 'place' names in it");
        return Fires(signature, options, context.Purpose);
    }

    private static Signature Fires(Signature signature, CommunicatingOptions options, Purpose purpose)
    {
        var (looks, begins, speaks) = (Phase.Once.Take("steps"), Phase.Once.Take("weights").Send("messages"), Phase.Once.Take("steps").Send("messages"));
        Phase[] hears = [.. Enumerable.Repeat(Phase.Once.Take("heard").Send("messages"), options.Rounds - 1), Phase.Once.Take("heard").Send("actions")];
        if (purpose == Purpose.Evaluation)
        {
            return signature.Fires([looks, begins, .. hears, .. Phase.Turns([speaks, .. hears])]);
        }

        return signature.Opens(looks).Fires(
            [begins, .. hears, .. Phase.Turns(options.Rollout - 1, [speaks, .. hears]), looks.Send("rollouts").Send("exchanges")]);
    }
}
