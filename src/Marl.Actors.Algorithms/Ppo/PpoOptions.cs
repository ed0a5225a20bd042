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
    [Option("Passes over each batch of rollouts.", Minimum = 1, Maximum = 1000)] int Epochs = 10,
    [Option("Parts each pass is divided into at random; each gives one optimiser step.", Minimum = 1, Maximum = 4096)] int Minibatches = 4,
    [Option("Adam's step size α at the beginning.", Minimum = 0, Maximum = 1)] double LearningRate = 7e-4,
    [Option("Course of the learning rate over the run: constant, or linear to 0 at its end.")] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Linear,
    [Option("Discount γ of later rewards, per step.", Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option("λ of generalised advantage estimation: 0 trusts the critic, 1 only the rewards.", Minimum = 0, Maximum = 1)] double Lambda = 0.95,
    [Option("Targets are returns of that many steps, and advantages what they exceed the critic's values by; 0 for generalised advantage estimation.", Minimum = 0, Maximum = 100_000)] int ReturnSteps = 0,
    [Option("Updates after which the target critic, whose values stand behind the rewards in the critic's targets, follows the critic.", Minimum = 1, Maximum = 1_000_000)] int TargetPeriod = 1,
    [Option("How far the target critic follows: 1 copies the critic (with targetPeriod 1 there is none, the critic stands for itself); less follows softly.", Minimum = 0, Maximum = 1)] double TargetRate = 1,
    [Option("Advantages are computed anew before each pass, by what the critic has learned in the ones before.")] bool JudgeEachEpoch = false,
    [Option("How far the ratio of new to old probability may leave 1 before a sample stops pulling, ε.", Minimum = 0.001, Maximum = 10)] double Clip = 0.2,
    [Option("Weight of the policy's entropy (nats) in the objective, at the beginning; more explores longer.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [Option("Weight of the entropy at the end of the run, in a straight line from the first; -1 keeps the first.", Minimum = -1, Maximum = 10)] double EntropyEnd = -1,
    [Option("Weight of the critic's loss, the mean of half the squared error.", Minimum = 0, Maximum = 100)] double ValueWeight = 1,
    [Option("How far (in normalised units) a new value may leave the old before a sample stops pulling the critic; 0 for no limit.", Minimum = 0, Maximum = 100)] double ValueClip = 0,
    [Option("Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.", Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 10,
    [Option("Widths of the critic's hidden layers; empty for a linear critic.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the critic's layers.")] Activation Activation = Activation.Relu,
    [Option("Advantages are brought to mean 0 and deviation 1 over each batch.")] bool NormaliseAdvantages = true,
    [Option("The critic's targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets.")] ValueNormalisation ValueNormalisation = ValueNormalisation.Exponential,
    [Option("The reward an agent learns from: its own, or the mean or the sum over all agents.")] RewardShare Reward = RewardShare.Own,
    [Option("Adam's ε, added to the root of the second moment.", Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-5,
    [Option("What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.")] Backend Backend = Backend.Fused,
    [Option("Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.")] ComputeDevice Device = ComputeDevice.Cpu)
{
    /// <summary>Widths of the critic's hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>The critic's targets are made by a target critic of its own.</summary>
    internal bool HasTargetCritic => TargetPeriod > 1 || TargetRate < 1;

    /// <summary>What can't stand together.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Device == ComputeDevice.Cuda && Backend == Backend.Fused)
        {
            yield return ("device", "The fused backend computes on the CPU only; write 'backend: torch' as well, or 'device: cpu'.");
        }
    }
}
