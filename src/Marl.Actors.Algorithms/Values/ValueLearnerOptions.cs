using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>Options of every algorithm that learns action values from a memory.</summary>
public interface IValueLearning
{
    /// <summary>α.</summary>
    double LearningRate { get; }

    /// <summary>γ.</summary>
    double Gamma { get; }

    /// <summary>The online network chooses the next action, the target network judges it.</summary>
    bool DoubleQ { get; }

    /// <summary>Updates between copies to the target networks.</summary>
    int TargetPeriod { get; }

    /// <summary>τ.</summary>
    double TargetRate { get; }

    /// <summary>Longest gradient.</summary>
    double MaxGradientNorm { get; }

    /// <summary>Transitions at the beginning of a sequence that only fill the memory.</summary>
    int BurnIn { get; }

    /// <summary>Rewards are brought to mean 0 and deviation 1.</summary>
    bool StandardiseRewards { get; }

    /// <summary>Own or shared rewards.</summary>
    RewardShare Reward { get; }

    /// <summary>Adam's ε.</summary>
    double AdamEpsilon { get; }

    /// <summary>What computes.</summary>
    Backend Backend { get; }

    /// <summary>Where it computes.</summary>
    ComputeDevice Device { get; }
}

/// <summary>Options of <c>algorithm/iql</c> and <c>algorithm/vdn</c>.</summary>
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
    [Option(ValueHelp.Device)] ComputeDevice Device = ComputeDevice.Cpu) : IValueLearning;

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

/// <summary>One sentence for each option that several algorithms share.</summary>
internal static class ValueHelp
{
    public const string LearningRate = "Adam's step size α.";
    public const string Gamma = "Discount γ of later rewards, per step.";
    public const string DoubleQ = "The next action is chosen by the learning network and judged by the target network (double Q-learning); otherwise the target network does both.";
    public const string TargetPeriod = "Updates after which the target networks follow the learning ones.";
    public const string TargetRate = "How far the target networks move towards the learning ones then: 1 copies them, less follows softly (with 'targetPeriod: 1').";
    public const string MaxGradientNorm = "Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.";
    public const string BurnIn = "Transitions at the beginning of each sequence that only bring an agent's memory up to date and are not learned from (Kapturowski et al. 2019).";
    public const string StandardiseRewards = "Rewards are brought to mean 0 and deviation 1 by the moments of all rewards learned from so far.";
    public const string Reward = "The reward learned from: the agents' own (with a team's algorithm: the common one), or the mean or the sum over all agents.";
    public const string AdamEpsilon = "Adam's ε, added to the root of the second moment.";
    public const string Backend = "What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.";
    public const string Device = "Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.";
}
