using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>With which mean and deviation a critic's targets are normalised.</summary>
public enum ValueNormalisation
{
    /// <summary>0 and 1.</summary>
    None,

    /// <summary>Those of all targets so far.</summary>
    Running,

    /// <summary>Those of recent targets, the newest batch weighing 2%.</summary>
    Exponential,
}

/// <summary>Options of <c>algorithm/ppo</c>, <c>algorithm/ippo</c> and <c>algorithm/mappo</c>.</summary>
/// <param name="Epochs">Passes over each batch.</param>
/// <param name="Minibatches">Parts of a pass.</param>
/// <param name="LearningRate">α.</param>
/// <param name="LearningRateSchedule">Course of α.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Lambda">λ.</param>
/// <param name="ReturnSteps">n-step returns.</param>
/// <param name="TargetPeriod">Updates between copies to the target critic.</param>
/// <param name="TargetRate">How far the target critic follows.</param>
/// <param name="JudgeEachEpoch">Advantages anew before each pass.</param>
/// <param name="Clip">ε.</param>
/// <param name="Entropy">Entropy bonus.</param>
/// <param name="EntropyEnd">Entropy bonus at the end.</param>
/// <param name="ValueWeight">Weight of the critic's loss.</param>
/// <param name="ValueClip">Clip of the critic's loss.</param>
/// <param name="MaxGradientNorm">Clip of the gradient.</param>
/// <param name="Hidden">The critic's hidden layers.</param>
/// <param name="Activation">The critic's nonlinearity.</param>
/// <param name="NormaliseAdvantages">Standardise advantages.</param>
/// <param name="ValueNormalisation">Standardise targets.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record PpoOptions(
    [PpoOption.Epochs] int Epochs = 10,
    [PpoOption.Minibatches] int Minibatches = 4,
    [LearnerOption.LearningRate] double LearningRate = 7e-4,
    [LearnerOption.LearningRateSchedule] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Linear,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [PpoOption.Lambda] double Lambda = 0.95,
    [Option("Targets are returns of that many steps, and advantages what they exceed the critic's values by; 0 for generalised advantage estimation.", Minimum = 0, Maximum = 100_000)] int ReturnSteps = 0,
    [Option("Updates after which the target critic, whose values stand behind the rewards in the critic's targets, follows the critic.", Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 1,
    [Option("How far the target critic follows: 1 copies the critic (with targetPeriod 1 there is none, the critic stands for itself); less follows softly.", Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [Option("Advantages are computed anew before each pass, by what the critic has learned in the ones before.")] bool JudgeEachEpoch = false,
    [PpoOption.Clip] double Clip = 0.2,
    [PpoOption.Entropy] double Entropy = 0.01,
    [PpoOption.EntropyEnd] double EntropyEnd = -1,
    [PpoOption.ValueWeight] double ValueWeight = 1,
    [PpoOption.ValueClip] double ValueClip = 0,
    [LearnerOption.MaxGradientNorm] double MaxGradientNorm = 10,
    [PpoOption.Hidden(Default = "64, 64")] Values<int> Hidden = default,
    [PpoOption.Activation] Activation Activation = Activation.Relu,
    [PpoOption.NormaliseAdvantages] bool NormaliseAdvantages = true,
    [PpoOption.ValueNormalisation] ValueNormalisation ValueNormalisation = ValueNormalisation.Exponential,
    [LearnerOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-5,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu)
{
    /// <summary>Widths of the critic's hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>The critic's targets are made by a target critic of its own.</summary>
    internal bool HasTargetCritic => TargetPeriod > 1 || TargetRate < 1;

    /// <summary>What can't stand together.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts() => RequiredBackend.Conflicts(Backend, Device);
}
