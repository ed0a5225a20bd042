using Marl.Actors.Algorithms.Learners;
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
    [Option("Adam's step size α.", Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [Option("The next action is chosen by the learning network and judged by the target network (double Q-learning); otherwise the target network does both.")] bool DoubleQ = true,
    [Option("Updates after which the target networks follow the learning ones.", Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 200,
    [Option("How far the target networks move towards the learning ones then: 1 copies them, less follows softly (with 'targetPeriod: 1').", Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [LearnerOption.MaxGradientNorm] double MaxGradientNorm = 10,
    [Option("Transitions at the beginning of each sequence that only bring an agent's memory up to date and are not learned from (Kapturowski et al. 2019).", Minimum = 0, Maximum = 100_000)] int BurnIn = 0,
    [LearnerOption.StandardiseRewards] bool StandardiseRewards = false,
    [Option("The reward learned from: the agents' own (with a team's algorithm: the common one), or the mean or the sum over all agents.")] RewardShare Reward = RewardShare.Own,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-5,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu);
