using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Agents;

/// <summary>Options of <c>agent/value</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Memory">Width of a recurrent unit.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
/// <param name="EpsilonStart">ε at the beginning.</param>
/// <param name="EpsilonEnd">ε at the end.</param>
/// <param name="EpsilonSteps">Environment steps between them.</param>
public sealed record ValueOptions(
    [AgentOption.NetworkHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Relu,
    [AgentOption.Memory] int Memory = 0,
    [OptionGroup] Sharing? Sharing = null,
    [AgentOption.RolloutForMemory] int Rollout = 25,
    [Option("Probability of any action instead of the best, ε, at the beginning.", Minimum = 0, Maximum = 1)] double EpsilonStart = 1,
    [Option("ε after epsilonSteps, and in evaluations with sampled actions.", Minimum = 0, Maximum = 1)] double EpsilonEnd = 0.05,
    [Option("Environment steps (over all copies) in which ε falls in a straight line; 0 begins at the end.", Minimum = 0, Maximum = 1e12)] long EpsilonSteps = 50_000)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
