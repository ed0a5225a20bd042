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
    [Option("Adam's step size α at the beginning.", Minimum = 0, Maximum = 1)] double LearningRate = 5e-4,
    [Option("Course of the learning rate over the run: constant, or linear to 0 at its end.")] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Linear,
    [Option("Discount γ of later rewards, per step.", Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option("λ of V-trace: how far corrections reach.", Minimum = 0, Maximum = 1)] double Lambda = 1,
    [Option("ρ̄ of V-trace: the ratio of new to old probability is cut to it in the critic's targets.", Minimum = 0.001, Maximum = 1000)] double Clip = 1,
    [Option("The bound of the ratio in the policy's gradient.", Minimum = 0.001, Maximum = 1000)] double PolicyClip = 1,
    [Option("Weight of the policy's entropy (nats) in the objective.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [Option("Weight of the critic's loss, the mean of half the squared error.", Minimum = 0, Maximum = 100)] double ValueWeight = 0.5,
    [Option("Longest gradient over all parameters together; longer ones are shortened to it. 0 for no limit.", Minimum = 0, Maximum = 1e6)] double MaxGradientNorm = 40,
    [Option("Advantages are brought to mean 0 and deviation 1 over each rollout.")] bool NormaliseAdvantages = false,
    [Option("The critic's targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets.")] ValueNormalisation ValueNormalisation = ValueNormalisation.Running,
    [Option("Widths of the critic's hidden layers; empty for a linear critic.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the critic's layers.")] Activation Activation = Activation.Relu,
    [Option("Adam's ε, added to the root of the second moment.", Minimum = 0, Maximum = 1)] double AdamEpsilon = 1e-5,
    [Option("What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.")] Backend Backend = Backend.Fused,
    [Option("Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.")] ComputeDevice Device = ComputeDevice.Cpu)
{
    /// <summary>Widths of the critic's hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>What can't stand together.</summary>
    public IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Device == ComputeDevice.Cuda && Backend == Backend.Fused)
        {
            yield return ("device", "The fused backend computes on the CPU only; write 'backend: torch' as well, or 'device: cpu'.");
        }
    }
}
