using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>Options of <c>agent/deterministic</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
/// <param name="Warmup">Environment steps of random actions.</param>
/// <param name="NoiseStart">Deviation at the beginning.</param>
/// <param name="NoiseEnd">Deviation at the end.</param>
/// <param name="NoiseSteps">Environment steps between them.</param>
public sealed record DeterministicOptions(
    [AgentOption.NetworkHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Relu,
    [OptionGroup] Sharing? Sharing = null,
    [AgentOption.RolloutForMemory] int Rollout = 25,
    [AgentOption.Warmup] long Warmup = 0,
    [Option("Standard deviation of the noise on actions in a box, in halves of the bounds' distance, at the beginning; discrete actions are sampled instead.", Minimum = 0, Maximum = 10)] double NoiseStart = 0.3,
    [Option("The noise's deviation after noiseSteps, and in evaluations with sampled actions.", Minimum = 0, Maximum = 10)] double NoiseEnd = 0.1,
    [Option("Environment steps (over all copies) in which the deviation changes in a straight line; 0 begins at the end.", Minimum = 0, Maximum = 1e12)] long NoiseSteps = 0)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
