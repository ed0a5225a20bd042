using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>
/// <c>agent/value</c>: the acting half of a value-based algorithm. It takes the action its network values most, or now and then
/// any, and gathers what came of it for a memory.
/// </summary>
public static class ValueAgent
{
    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "agent/value",
        Summary = "Takes the discrete action of greatest value, or with probability epsilon any, and gathers rollouts for a memory.",
        Source = "Watkins, Learning from delayed rewards, 1989; Mnih et al., Human-level control through deep reinforcement learning, Nature 518, 2015.",
        Options = OptionsSchema.Of<ValueOptions>(),
        AllowsEach = true,
        Inputs = AgentPorts.Inputs,
        Outputs = AgentPorts.Outputs,
        ValidateInstances = (options, agents) => ((ValueOptions)options).Sharing.Conflicts(agents),
        Sign = (options, context) => Sign((ValueOptions)options, context),
        Create = (options, context) => new PolicyStage(
            ((ValueOptions)options).Rollout,
            ((ValueOptions)options).Sharing,
            context,
            (policy, copies) => new EpsilonGreedyBehaviour((ValueOptions)options, context, policy.Choices, copies)),
    };

    private static Signature Sign(ValueOptions options, SignatureContext context)
    {
        var group = options.Sharing.Group(context.Stage, context.InstanceName);
        var identities = options.Sharing.Identities(context.Names, context.Instance);
        return AgentPorts.Sign(options.Rollout, context, (observation, action) =>
            PolicySpec.ToTerm(group, options.Hidden, options.Activation, observation, action, PolicyHead.ActionValue, identities, options.Memory), isStochastic: false);
    }
}
