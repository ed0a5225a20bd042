using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Options of <c>algorithm/maddpg</c>.</summary>
/// <param name="GumbelTemperature">τ of the Gumbel-softmax.</param>
/// <param name="OutputPenalty">Weight of the outputs' squares.</param>
/// <param name="ActorRate">α of the actors.</param>
/// <param name="CriticRate">α of the critics.</param>
/// <param name="Gamma">γ.</param>
/// <param name="TargetRate">τ.</param>
/// <param name="CriticHidden">Hidden layers of the critics.</param>
/// <param name="MaxGradientNorm">Longest gradient.</param>
/// <param name="StandardiseRewards">Standardise rewards.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record MaddpgOptions(
    [Option("Temperature of the softmax through which the gradient reaches the logits of discrete actions (straight-through Gumbel-softmax).", Minimum = 0.01, Maximum = 100)] double GumbelTemperature = 1,
    [Option("Weight of the mean square of the actors' outputs in their loss, which keeps them where tanh and softmax have a slope.", Minimum = 0, Maximum = 100)] double OutputPenalty = 1e-3,
    [Option(CriticHelp.ActorRate, Minimum = 0, Maximum = 1)] double ActorRate = 5e-4,
    [Option(CriticHelp.CriticRate, Minimum = 0, Maximum = 1)] double CriticRate = 1e-3,
    [Option(BatchHelp.Gamma, Minimum = 0, Maximum = 1)] double Gamma = 0.95,
    [Option(CriticHelp.TargetRate, Minimum = 0, Maximum = 1)] double TargetRate = 0.01,
    [Option(CriticHelp.CriticHidden, Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> CriticHidden = default,
    [Option(CriticHelp.MaxGradientNorm, Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 0.5,
    [Option(BatchHelp.StandardiseRewards)] bool StandardiseRewards = false,
    [Option(CriticHelp.Reward)] RewardShare Reward = RewardShare.Own,
    [Option(BatchHelp.AdamEpsilon, Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-8,
    [Option(BatchHelp.Backend)] Backend Backend = Backend.Fused,
    [Option(BatchHelp.Device)] ComputeDevice Device = ComputeDevice.Cpu) : ICriticLearning
{
    /// <summary>Hidden layers of the critics; 64, 64 unless given.</summary>
    public Values<int> CriticHidden { get; init; } = CriticHidden.IsDefault ? [64, 64] : CriticHidden;
}
