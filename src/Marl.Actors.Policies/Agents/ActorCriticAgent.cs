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
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/actor-critic",
        Summary = "Samples discrete actions from a multilayer perceptron, with or without a memory, and gathers rollouts for an on-policy learner.",
        Source = "Schulman et al., Proximal Policy Optimization Algorithms, 2017, algorithm 1 (the acting loop).",
        Options = OptionsSchema.Of<ActorCriticOptions>(),
        AllowsEach = true,
        Inputs = AgentPorts.Inputs,
        Outputs = AgentPorts.Outputs,
        ValidateInstances = (options, agents) => ((ActorCriticOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((ActorCriticOptions)options, context),
        Create = (options, context) => new PolicyStage(
            ((ActorCriticOptions)options).Rollout, ((ActorCriticOptions)options).Sharing, context, (policy, _) => new CategoricalBehaviour(context, policy.Choices), isStochastic: true),
    };

    private static Signature Sign(ActorCriticOptions options, SignatureContext context)
    {
        var group = options.Sharing.Group(context.Stage, context.InstanceName);
        var identities = options.Sharing.Identities(context.Names, context.Instance);
        return AgentPorts.Sign(options.Rollout, context, (observation, action) =>
            PolicySpec.ToTerm(group, options.Hidden, options.Activation, observation, action, identities: identities, memory: options.Memory), isStochastic: true);
    }
}
