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
    [Option("Widths of the network's hidden layers; empty for a linear one.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the layers.")] Activation Activation = Activation.Relu,
    [OptionGroup] Sharing? Sharing = null,
    [Option("Vector steps in one rollout, T: how much an agent gathers in every copy before the memory gets it.", Minimum = 1, Maximum = 8192)] int Rollout = 25,
    [Option("Environment steps (over all copies) at the beginning in which every action is as likely as any other.", Minimum = 0, Maximum = 1e12)] long Warmup = 0)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
