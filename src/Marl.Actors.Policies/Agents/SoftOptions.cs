using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>Options of <c>agent/soft</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
/// <param name="Warmup">Environment steps of random actions.</param>
public sealed record SoftOptions(
    [AgentOption.NetworkHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Relu,
    [OptionGroup] Sharing? Sharing = null,
    [AgentOption.RolloutForMemory] int Rollout = 25,
    [AgentOption.Warmup] long Warmup = 0)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
