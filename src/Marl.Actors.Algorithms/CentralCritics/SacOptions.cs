using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Options of <c>algorithm/sac</c>.</summary>
/// <param name="Temperature">First α of the entropy.</param>
/// <param name="TemperatureRate">Step size of the temperature.</param>
/// <param name="TargetEntropy">H̄ for each component of an action.</param>
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
public sealed record SacOptions(
    [Option("Temperature at the beginning: what a unit of entropy is worth in reward.", Minimum = 1e-6, Maximum = 1e6)] double Temperature = 1,
    [Option("Adam's step size of the temperature's logarithm; 0 keeps the temperature as it is.", Minimum = 0, Maximum = 1)] double TemperatureRate = 3e-4,
    [Option("Entropy the temperature steers to, for each component of an action (counted in -1..1); the paper's is -1.", Minimum = -100, Maximum = 0.69)] double TargetEntropy = -1,
    [CriticOption.ActorRate] double ActorRate = 3e-4,
    [CriticOption.CriticRate] double CriticRate = 3e-4,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [CriticOption.TargetRate] double TargetRate = 0.005,
    [CriticOption.CriticHidden(Default = "64, 64")] Values<int> CriticHidden = default,
    [CriticOption.MaxGradientNorm] double MaxGradientNorm = 0,
    [LearnerOption.StandardiseRewards] bool StandardiseRewards = false,
    [CriticOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-8,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu) : ICriticLearning
{
    /// <summary>Hidden layers of the critics; 64, 64 unless given.</summary>
    public Values<int> CriticHidden { get; init; } = CriticHidden.IsDefault ? [64, 64] : CriticHidden;
}
