using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>Spaces an agent can act in.</summary>
internal enum ActionSpaces
{
    /// <summary>One of a few actions.</summary>
    Discrete,

    /// <summary>Vectors between finite bounds.</summary>
    Bounded,

    /// <summary>Both.</summary>
    DiscreteOrBounded,
}

/// <summary>The ports of agents that act with a policy, gather rollouts and take new weights every T steps.</summary>
public static class AgentPorts
{
    /// <summary>Index of the input <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the input <c>weights</c>.</summary>
    public const int Weights = 1;

    /// <summary>Index of the output <c>actions</c>.</summary>
    public const int Actions = 0;

    /// <summary>Index of the output <c>rollouts</c>.</summary>
    public const int Rollouts = 1;

    /// <summary>What they take.</summary>
    public static Values<InputPort> Inputs { get; } =
    [
        new("steps", StepMessages.Kind, "What the world shows the agent, one token a vector step."),
        new("weights", WeightsMessages.Kind, "The policy to act with, one token at the beginning of every rollout or evaluation pass."),
    ];

    /// <summary>What they send.</summary>
    public static Values<OutputPort> Outputs { get; } =
    [
        new("actions", ActionMessages.Kind, "What the agent does in every copy, one token a vector step.", ActionMessages.Layout),
        new("rollouts", RolloutMessages.Kind, "What the agent saw, did and got in T vector steps.", RolloutLayout),
    ];

    /// <summary>The layout of rollouts: of a policy that is a distribution and has a memory, what it remembered comes with them.</summary>
    private static MessageLayout RolloutLayout(PortType type) =>
        RolloutMessages.Layout(type, type.Get<bool>("stochastic") ? PolicySpec.TryFromTerm(type["policy"])?.Network.Memory ?? 0 : 0);

    /// <summary>The signature of an agent.</summary>
    /// <param name="rollout">Vector steps of a rollout, T.</param>
    /// <param name="context">Its place in the graph.</param>
    /// <param name="policy">The policy's term, from those of observation and action.</param>
    /// <param name="isStochastic">Its rollouts carry log-probabilities.</param>
    /// <param name="actions">What spaces it can act in.</param>
    internal static Signature Sign(int rollout, SignatureContext context, Func<Term, Term, Term> policy, bool isStochastic, ActionSpaces actions = ActionSpaces.Discrete)
    {
        var (copies, observation, action) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"));
        var (mask, reward, roster, length) = (Term.Var("mask"), Term.Var("reward"), Term.Var("fixed-roster"), Term.Of(rollout));
        var term = policy(observation, action);
        var (looks, begins, acts) = (Phase.Once.Take("steps"), Phase.Once.Take("weights").Send("actions"), Phase.Once.Take("steps").Send("actions"));
        var signature = new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, mask, reward, roster))
            .In("weights", WeightsMessages.Type(term))
            .Out("actions", ActionMessages.Type(copies, action))
            .Out("rollouts", RolloutMessages.Type(length, copies, observation, action, mask, reward, term, Term.Of(isStochastic), roster))
            .Where("steps", "action", space => IsOne(actions, space), Expectation(actions))
            .Where("steps", "observation", space => space is Box, "an observation of real numbers (a box)");
        return context.Purpose == Purpose.Evaluation
            ? signature.Fires(looks, begins, acts with { Repeat = Amount.Varying })
            : signature.Opens(looks).Fires(begins, acts with { Repeat = rollout - 1 }, looks.Send("rollouts"));
    }

    private static bool IsOne(ActionSpaces actions, object space) => space switch
    {
        Discrete => actions != ActionSpaces.Bounded,
        Box box => actions != ActionSpaces.Discrete && Squash.Fits(box),
        _ => false,
    };

    private static string Expectation(ActionSpaces actions) => actions switch
    {
        ActionSpaces.Discrete => "a discrete action space",
        ActionSpaces.Bounded => "an action space of real numbers between finite bounds (a bounded box)",
        _ => "a discrete action space, or one of real numbers between finite bounds (a bounded box)",
    };
}
