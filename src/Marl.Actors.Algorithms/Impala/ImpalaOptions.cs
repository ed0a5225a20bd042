using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Impala;

/// <summary>Options of <c>algorithm/impala</c>.</summary>
/// <param name="Batch">Rollouts an update.</param>
/// <param name="MaxLag">Oldest version learned from.</param>
/// <param name="LearningRate">α.</param>
/// <param name="LearningRateSchedule">Course of α.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Lambda">λ.</param>
/// <param name="Clip">ρ̄.</param>
/// <param name="PolicyClip">ρ̂.</param>
/// <param name="Entropy">Entropy bonus.</param>
/// <param name="ValueWeight">Weight of the critic's loss.</param>
/// <param name="MaxGradientNorm">Clip of the gradient.</param>
/// <param name="NormaliseAdvantages">Standardise advantages.</param>
/// <param name="ValueNormalisation">Standardise targets.</param>
/// <param name="Hidden">The critic's hidden layers.</param>
/// <param name="Activation">The critic's nonlinearity.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record ImpalaOptions(
    [Option("Rollouts an update learns from: that many of each producer where they come by-step, of all together where they are taken as they come.", Minimum = 1, Maximum = 4096)] int Batch = 1,
    [Option("Rollouts made with weights more versions old than this are dropped, and counted; -1 learns from all.", Minimum = -1, Maximum = 1_000_000)] int MaxLag = -1,
    [LearnerOption.LearningRate] double LearningRate = 5e-4,
    [LearnerOption.LearningRateSchedule] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Linear,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [Option("λ of V-trace: how far corrections reach.", Minimum = 0, Maximum = 1)] double Lambda = 1,
    [Option("ρ̄ of V-trace: the ratio of new to old probability is cut to it in the critic's targets.", Minimum = 0.001, Maximum = 1000)] double Clip = 1,
    [Option("The bound of the ratio in the policy's gradient.", Minimum = 0.001, Maximum = 1000)] double PolicyClip = 1,
    [Option("Weight of the policy's entropy (nats) in the objective.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [PpoOption.ValueWeight] double ValueWeight = 0.5,
    [LearnerOption.MaxGradientNorm] double MaxGradientNorm = 40,
    [Option("Advantages are brought to mean 0 and deviation 1 over each rollout.")] bool NormaliseAdvantages = false,
    [PpoOption.ValueNormalisation] ValueNormalisation ValueNormalisation = ValueNormalisation.Running,
    [PpoOption.Hidden(Default = "64, 64")] Values<int> Hidden = default,
    [PpoOption.Activation] Activation Activation = Activation.Relu,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-5,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu)
{
    /// <summary>Widths of the critic's hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>What can't stand together.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts() => RequiredBackend.Conflicts(Backend, Device);
}
