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

/// <summary>Options of algorithms whose mixing is weighted by a joint critic.</summary>
internal interface IWeightedMixing
{
    /// <summary>α of the paper: the weight where the team's value lies above its target.</summary>
    double Overestimated { get; }

    /// <summary>Hidden layers of the joint critic.</summary>
    Values<int> CriticHidden { get; }
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
