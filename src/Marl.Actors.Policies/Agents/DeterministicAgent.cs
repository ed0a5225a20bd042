using Marl.Actors.Core.Options;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// <c>agent/deterministic</c>: the acting half of an algorithm whose policy follows a critic's gradient. In a box the policy is an
/// action; over discrete actions it is a distribution, sampled in training (which is what adding Gumbel noise to its logits and
/// taking the greatest does: Jang et al.: Categorical reparameterization with Gumbel-softmax, ICLR 2017).
/// </summary>
public static class DeterministicAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/deterministic",
        Summary = "Takes the action its network gives, with noise while it trains (in a box), or samples from the network's logits (discrete), and gathers rollouts for a memory.",
        Source = "Lillicrap et al., Continuous control with deep reinforcement learning, ICLR 2016; Lowe et al., NeurIPS 2017.",
        Options = OptionsSchema.Of<DeterministicOptions>(),
        AllowsEach = true,
        Inputs = AgentPorts.Inputs,
        Outputs = AgentPorts.Outputs,
        ValidateInstances = (options, agents) => ((DeterministicOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((DeterministicOptions)options, context),
        Create = (options, context) => new PolicyStage(
            ((DeterministicOptions)options).Rollout, ((DeterministicOptions)options).Sharing, context, (policy, copies) => Behaviour((DeterministicOptions)options, context, policy.Action, copies)),
    };

    private static IBehaviour Behaviour(DeterministicOptions options, StageContext context, Space action, int copies) => action.Match<IBehaviour>(
        discrete => new WarmBehaviour(options, context, discrete.Count, copies),
        box => new DeterministicBehaviour(options, context, box, copies));

    private static Signature Sign(DeterministicOptions options, SignatureContext context)
    {
        var group = options.Sharing.Group(context.Stage, context.InstanceName);
        var identities = options.Sharing.Identities(context.Names, context.Instance);
        return AgentPorts.Sign(
            options.Rollout,
            context,
            (observation, action) => PolicySpec.ToTerm(group, options.Hidden, options.Activation, observation, action, PolicyHead.Deterministic, identities),
            isStochastic: false,
            ActionSpaces.DiscreteOrBounded);
    }
}
