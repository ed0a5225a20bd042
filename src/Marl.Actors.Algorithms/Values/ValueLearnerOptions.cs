using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>Options of <c>algorithm/iql</c> and <c>algorithm/vdn</c>, and of every other algorithm that learns action values from a memory.</summary>
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
public sealed record ValueLearnerOptions(
    [Option(ValueHelp.LearningRate, Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [Option(BatchHelp.Gamma, Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option(ValueHelp.DoubleQ)] bool DoubleQ = true,
    [Option(ValueHelp.TargetPeriod, Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 200,
    [Option(ValueHelp.TargetRate, Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [Option(ValueHelp.MaxGradientNorm, Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 10,
    [Option(ValueHelp.BurnIn, Minimum = 0, Maximum = 100_000)] int BurnIn = 0,
    [Option(BatchHelp.StandardiseRewards)] bool StandardiseRewards = false,
    [Option(ValueHelp.Reward)] RewardShare Reward = RewardShare.Own,
    [Option(BatchHelp.AdamEpsilon, Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-5,
    [Option(BatchHelp.Backend)] Backend Backend = Backend.Fused,
    [Option(BatchHelp.Device)] ComputeDevice Device = ComputeDevice.Cpu);
