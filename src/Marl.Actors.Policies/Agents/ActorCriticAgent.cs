using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// <c>agent/actor-critic</c>: the acting half of an actor-critic algorithm. It samples from its policy, gathers rollouts and
/// takes new weights every T steps; critics live in the learner.
/// </summary>
public static class ActorCriticAgent
{
    /// <summary>Index of the input <c>steps</c>.</summary>
    public const int Steps = 0;

    /// <summary>Index of the input <c>weights</c>.</summary>
    public const int Weights = 1;

    /// <summary>Index of the output <c>actions</c>.</summary>
    public const int Actions = 0;

    /// <summary>Index of the output <c>rollouts</c>.</summary>
    public const int Rollouts = 1;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/actor-critic",
        Summary = "Samples discrete actions from a multilayer perceptron and gathers rollouts for an on-policy learner.",
        Source = "Schulman et al., Proximal Policy Optimization Algorithms, 2017, algorithm 1 (the acting loop).",
        Options = OptionsSchema.Of<ActorCriticOptions>(),
        AllowsEach = true,
        Inputs =
        [
            new("steps", StepMessages.Kind, "What the world shows the agent, one token a vector step."),
            new("weights", WeightsMessages.Kind, "The policy to act with, one token at the beginning of every rollout or evaluation pass."),
        ],
        Outputs =
        [
            new("actions", ActionMessages.Kind, "What the agent does in every copy, one token a vector step.", ActionMessages.Layout),
            new("rollouts", RolloutMessages.Kind, "What the agent saw, did and got in T vector steps.", RolloutMessages.Layout),
        ],
        Sign = (options, context) => Sign((ActorCriticOptions)options, context),
        Create = (options, context) => new ActorCriticStage((ActorCriticOptions)options, context),
    };

    /// <summary>The group of agents that share a policy: the stage's name, or <c>stage/instance</c> where each has its own.</summary>
    public static string Group(bool sharePolicy, string stage, string instanceName) =>
        sharePolicy || instanceName.Length == 0 ? stage : $"{stage}/{instanceName}";

    private static Signature Sign(ActorCriticOptions options, SignatureContext context)
    {
        var (copies, observation, action) = (Term.Var("copies"), Term.Var("observation"), Term.Var("action"));
        var (mask, reward, rollout) = (Term.Var("mask"), Term.Var("reward"), Term.Of(options.Rollout));
        var group = Group(options.SharePolicy, context.Stage, context.InstanceName);
        var policy = PolicySpec.ToTerm(group, options.Hidden, options.Activation, observation, action);
        return new Signature()
            .In("steps", StepMessages.Type(copies, observation, action, mask, reward, fixedRoster: Term.Of(true)), rollout)
            .In("weights", WeightsMessages.Type(policy))
            .Out("actions", ActionMessages.Type(copies, action), rollout)
            .Out("rollouts", RolloutMessages.Type(rollout, copies, observation, action, mask, reward, policy))
            .Where("steps", "action", space => space is Discrete, "a discrete action space")
            .Where("steps", "observation", space => space is Box, "an observation of real numbers (a box)");
    }
}
