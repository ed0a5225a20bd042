using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>Options of <c>algorithm/qmix</c>.</summary>
/// <param name="Embedding">E.</param>
/// <param name="MixerHidden">Hidden layers of the weights' networks.</param>
/// <param name="LearningRate">α.</param>
/// <param name="Gamma">γ.</param>
/// <param name="DoubleQ">Double Q-learning.</param>
/// <param name="TargetPeriod">Updates between copies.</param>
/// <param name="TargetRate">τ.</param>
/// <param name="MaxGradientNorm">Longest gradient.</param>
/// <param name="BurnIn">Transitions not learned from.</param>
/// <param name="StandardiseRewards">Standardise rewards.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record QmixOptions(
    [Option("Width of the mixing network's hidden layer.", Minimum = 1, Maximum = 4096)] int Embedding = 32,
    [Option("Hidden layers of the networks that give the mixing weights; empty for linear ones.", Default = "64", Minimum = 1, Maximum = 4096)] Values<int> MixerHidden = default,
    [Option(ValueHelp.LearningRate, Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [Option(ValueHelp.Gamma, Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option(ValueHelp.DoubleQ)] bool DoubleQ = true,
    [Option(ValueHelp.TargetPeriod, Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 200,
    [Option(ValueHelp.TargetRate, Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [Option(ValueHelp.MaxGradientNorm, Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 10,
    [Option(ValueHelp.BurnIn, Minimum = 0, Maximum = 100_000)] int BurnIn = 0,
    [Option(ValueHelp.StandardiseRewards)] bool StandardiseRewards = false,
    [Option(ValueHelp.Reward)] RewardShare Reward = RewardShare.Own,
    [Option(ValueHelp.AdamEpsilon, Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-5,
    [Option(ValueHelp.Backend)] Backend Backend = Backend.Fused,
    [Option(ValueHelp.Device)] ComputeDevice Device = ComputeDevice.Cpu) : IValueLearning
{
    /// <summary>Hidden layers of the weights' networks; 64 unless given.</summary>
    public Values<int> MixerHidden { get; init; } = MixerHidden.IsDefault ? [64] : MixerHidden;
}

/// <summary>Options of <c>algorithm/weighted-qmix</c>.</summary>
/// <param name="Overestimated">Weight of overestimated transitions.</param>
/// <param name="CriticHidden">Hidden layers of the joint critic.</param>
/// <param name="Embedding">E.</param>
/// <param name="MixerHidden">Hidden layers of the weights' networks.</param>
/// <param name="LearningRate">α.</param>
/// <param name="Gamma">γ.</param>
/// <param name="DoubleQ">Double Q-learning.</param>
/// <param name="TargetPeriod">Updates between copies.</param>
/// <param name="TargetRate">τ.</param>
/// <param name="MaxGradientNorm">Longest gradient.</param>
/// <param name="BurnIn">Transitions not learned from.</param>
/// <param name="StandardiseRewards">Standardise rewards.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record WeightedQmixOptions(
    [Option("Weight of the transitions whose value lies above its target, against 1 for those below; 1 is QMIX with a joint critic's targets.", Minimum = 0, Maximum = 1)] double Overestimated = 0.1,
    [Option("Hidden layers of the joint critic, which sees the state and what every agent does.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> CriticHidden = default,
    [Option("Width of the mixing network's hidden layer.", Minimum = 1, Maximum = 4096)] int Embedding = 32,
    [Option("Hidden layers of the networks that give the mixing weights; empty for linear ones.", Default = "64", Minimum = 1, Maximum = 4096)] Values<int> MixerHidden = default,
    [Option(ValueHelp.LearningRate, Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [Option(ValueHelp.Gamma, Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option(ValueHelp.DoubleQ)] bool DoubleQ = true,
    [Option(ValueHelp.TargetPeriod, Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 200,
    [Option(ValueHelp.TargetRate, Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [Option(ValueHelp.MaxGradientNorm, Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 10,
    [Option(ValueHelp.BurnIn, Minimum = 0, Maximum = 100_000)] int BurnIn = 0,
    [Option(ValueHelp.StandardiseRewards)] bool StandardiseRewards = false,
    [Option(ValueHelp.Reward)] RewardShare Reward = RewardShare.Own,
    [Option(ValueHelp.AdamEpsilon, Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-5,
    [Option(ValueHelp.Backend)] Backend Backend = Backend.Fused,
    [Option(ValueHelp.Device)] ComputeDevice Device = ComputeDevice.Cpu) : IValueLearning, IWeightedMixing
{
    /// <summary>Hidden layers of the joint critic; 64, 64 unless given.</summary>
    public Values<int> CriticHidden { get; init; } = CriticHidden.IsDefault ? [64, 64] : CriticHidden;

    /// <summary>Hidden layers of the weights' networks; 64 unless given.</summary>
    public Values<int> MixerHidden { get; init; } = MixerHidden.IsDefault ? [64] : MixerHidden;
}
