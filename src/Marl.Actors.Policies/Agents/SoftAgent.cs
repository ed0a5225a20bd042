using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary><c>agent/soft</c>: the acting half of soft actor-critic. It samples from a squashed normal distribution.</summary>
public static class SoftAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/soft",
        Summary = "Samples actions in a bounded box from a squashed normal distribution and gathers rollouts for a memory.",
        Source = "Haarnoja et al., Soft actor-critic: off-policy maximum entropy deep reinforcement learning with a stochastic actor, ICML 2018.",
        Options = OptionsSchema.Of<SoftOptions>(),
        AllowsEach = true,
        Inputs = AgentPorts.Inputs,
        Outputs = AgentPorts.Outputs,
        ValidateInstances = (options, agents) => ((SoftOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((SoftOptions)options, context),
        Create = (options, context) => new PolicyStage(
            ((SoftOptions)options).Rollout,
            ((SoftOptions)options).Sharing,
            context,
            (policy, copies) => new SquashedGaussianBehaviour((SoftOptions)options, context, (Box)policy.Action, copies)),
    };

    private static Signature Sign(SoftOptions options, SignatureContext context)
    {
        var group = options.Sharing.Group(context.Stage, context.InstanceName);
        var identities = options.Sharing.Identities(context.Names, context.Instance);
        return AgentPorts.Sign(
            options.Rollout,
            context,
            (observation, action) => PolicySpec.ToTerm(group, options.Hidden, options.Activation, observation, action, PolicyHead.SquashedGaussian, identities),
            isStochastic: false,
            ActionSpaces.Bounded);
    }
}
