using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Leagues;

/// <summary>Options of <c>agent/contender</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Rollout">Vector steps per rollout, T.</param>
public sealed record ContenderOptions(
    [AgentOption.PolicyHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Relu,
    [OptionGroup] Sharing? Sharing = null,
    [Option("Vector steps in one rollout, T: how much an agent gathers in every copy between two updates, and the least time that a match lasts.", Minimum = 1, Maximum = 8192)] int Rollout = 128)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
