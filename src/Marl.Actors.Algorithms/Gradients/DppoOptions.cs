using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>Options of <c>algorithm/dppo</c>: those of PPO, without the optimiser's, which are the server's.</summary>
/// <param name="Parts">Parts of the parameters.</param>
/// <param name="Epochs">Passes over each batch.</param>
/// <param name="Minibatches">Parts of a pass.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Lambda">λ.</param>
/// <param name="Clip">ε.</param>
/// <param name="Entropy">Entropy bonus.</param>
/// <param name="EntropyEnd">Entropy bonus at the end.</param>
/// <param name="ValueWeight">Weight of the critic's loss.</param>
/// <param name="ValueClip">Clip of the critic's loss.</param>
/// <param name="Hidden">The critics' hidden layers.</param>
/// <param name="Activation">The critics' nonlinearity.</param>
/// <param name="NormaliseAdvantages">Standardise advantages.</param>
/// <param name="ValueNormalisation">Standardise targets.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Device">Where it computes.</param>
public sealed record DppoOptions(
    [GradientOption.Parts] int Parts = 1,
    [PpoOption.Epochs] int Epochs = 10,
    [Option("Parts each pass is divided into at random; each gives one gradient.", Minimum = 1, Maximum = 4096)] int Minibatches = 4,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [PpoOption.Lambda] double Lambda = 0.95,
    [PpoOption.Clip] double Clip = 0.2,
    [PpoOption.Entropy] double Entropy = 0.01,
    [PpoOption.EntropyEnd] double EntropyEnd = -1,
    [PpoOption.ValueWeight] double ValueWeight = 1,
    [PpoOption.ValueClip] double ValueClip = 0,
    [PpoOption.HiddenOfEach(Default = "64, 64")] Values<int> Hidden = default,
    [PpoOption.ActivationOfEach] Activation Activation = Activation.Relu,
    [Option("Advantages are brought to mean 0 and deviation 1 over each batch of the shard.")] bool NormaliseAdvantages = true,
    [Option("The critics' targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets of the shard.")] ValueNormalisation ValueNormalisation = ValueNormalisation.Exponential,
    [LearnerOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.Backend] Backend Backend = Backend.Fused,
    [LearnerOption.Device] ComputeDevice Device = ComputeDevice.Cpu)
    : IGradientOptions
{
    /// <summary>Widths of the critics' hidden layers; 64, 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64, 64] : Hidden;

    /// <inheritdoc/>
    public PpoOptions ToPpo() => new(
        Epochs,
        Minibatches,
        Gamma: Gamma,
        Lambda: Lambda,
        Clip: Clip,
        Entropy: Entropy,
        EntropyEnd: EntropyEnd,
        ValueWeight: ValueWeight,
        ValueClip: ValueClip,
        Hidden: Hidden,
        Activation: Activation,
        NormaliseAdvantages: NormaliseAdvantages,
        ValueNormalisation: ValueNormalisation,
        Reward: Reward,
        Backend: Backend,
        Device: Device);
}
