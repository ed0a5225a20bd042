using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>Options of <c>agent/actor-critic</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Memory">Width of a recurrent unit.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
public sealed record ActorCriticOptions(
    [AgentOption.PolicyHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Relu,
    [AgentOption.Memory] int Memory = 0,
    [OptionGroup] Sharing? Sharing = null,
    [AgentOption.Rollout] int Rollout = 128)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
