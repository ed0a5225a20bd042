using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>Options of <c>agent/evolving</c>.</summary>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Activation">Nonlinearity.</param>
/// <param name="Memory">Width of a recurrent unit.</param>
/// <param name="Sharing">Who shares a network.</param>
/// <param name="Generation">Vector steps per generation, T.</param>
/// <param name="Sample">Draw actions from the policy.</param>
public sealed record EvolvingOptions(
    [AgentOption.PolicyHidden(Default = "64, 64")] Values<int> Hidden = default,
    [AgentOption.Activation] Activation Activation = Activation.Tanh,
    [AgentOption.Memory] int Memory = 0,
    [OptionGroup] Sharing? Sharing = null,
    [Option("Vector steps of a generation, T: how long a member of the population plays in its copy of the world. At least two times the longest episode gives everybody a whole one.", Minimum = 1, Maximum = 1_000_000)] int Generation = 1000,
    [Option("Members draw discrete actions from their policy; otherwise they take the likeliest, and chance lies in the parameters alone.")] bool Sample = false)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
