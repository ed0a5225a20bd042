using Marl.Actors.Algorithms.Learners;
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
    [CriticOption.ActorRate] double ActorRate = 5e-4,
    [CriticOption.CriticRate] double CriticRate = 1e-3,
    [LearnerOption.Gamma] double Gamma = 0.95,
    [CriticOption.TargetRate] double TargetRate = 0.01,
    [CriticOption.CriticHidden(Default = "64, 64")] Values<int> CriticHidden = default,
    [CriticOption.MaxGradientNorm] double MaxGradientNorm = 0.5,
    [LearnerOption.StandardiseRewards] bool StandardiseRewards = false,
    [CriticOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-8,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu) : ICriticLearning
{
    /// <summary>Hidden layers of the critics; 64, 64 unless given.</summary>
    public Values<int> CriticHidden { get; init; } = CriticHidden.IsDefault ? [64, 64] : CriticHidden;
}
