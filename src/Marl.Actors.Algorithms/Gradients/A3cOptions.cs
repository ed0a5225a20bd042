using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>Options of <c>algorithm/a3c</c>.</summary>
/// <param name="Parts">Parts of the parameters.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Entropy">β.</param>
/// <param name="EntropyEnd">β at the end.</param>
/// <param name="ValueWeight">Weight of the critic's loss.</param>
/// <param name="Hidden">The critics' hidden layers.</param>
/// <param name="Activation">The critics' nonlinearity.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record A3cOptions(
    [GradientOption.Parts] int Parts = 1,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [Option("Weight β of the policy's entropy (nats) in the objective, at the beginning.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [PpoOption.EntropyEnd] double EntropyEnd = -1,
    [PpoOption.ValueWeight] double ValueWeight = 0.5,
    [PpoOption.HiddenOfEach(Default = "64, 64")] Values<int> Hidden = default,
    [PpoOption.ActivationOfEach] Activation Activation = Activation.Relu,
    [LearnerOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu)
    : IGradientOptions
{
    /// <summary>Widths of the critics' hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <summary>
    /// One gradient over the whole rollout, made with the parameters the agents acted with: where the ratio is 1, the gradient of
    /// PPO's objective is A ∇ log π, and λ = 1 makes A the return of up to n steps minus the critic's value (Mnih et al. 2016,
    /// algorithm S3).
    /// </summary>
    public PpoOptions ToPpo() => new(
        Epochs: 1,
        Minibatches: 1,
        Gamma: Gamma,
        Lambda: 1,
        Entropy: Entropy,
        EntropyEnd: EntropyEnd,
        ValueWeight: ValueWeight,
        Hidden: Hidden,
        Activation: Activation,
        NormaliseAdvantages: false,
        ValueNormalisation: ValueNormalisation.None,
        Reward: Reward,
        Backend: Backend,
        Device: Device);
}
