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
    [Option("Widths of the policy's hidden layers; empty for a linear policy.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the layers.")] Activation Activation = Activation.Relu,
    [Option("Width of a gated recurrent unit before the last layer, with which an agent remembers its episode; 0 for none.", Minimum = 0, Maximum = 4096)] int Memory = 0,
    [OptionGroup] Sharing? Sharing = null,
    [Option("Vector steps in one rollout, T: how much an agent gathers in every copy between two updates.", Minimum = 1, Maximum = 8192)] int Rollout = 128)
{
    /// <summary>Widths of the hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>Who shares a network.</summary>
    public Sharing Sharing { get; init; } = Sharing ?? new();
}
