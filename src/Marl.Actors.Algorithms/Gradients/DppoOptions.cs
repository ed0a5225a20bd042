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
    [Option("Ranges that parameters and gradients are cut into, each with a server of its own ('each: learner.parts').", Minimum = 1, Maximum = 256)] int Parts = 1,
    [Option("Passes over each batch of rollouts.", Minimum = 1, Maximum = 1000)] int Epochs = 10,
    [Option("Parts each pass is divided into at random; each gives one gradient.", Minimum = 1, Maximum = 4096)] int Minibatches = 4,
    [Option("Discount γ of later rewards, per step.", Minimum = 0, Maximum = 1)] double Gamma = 0.99,
    [Option("λ of generalised advantage estimation: 0 trusts the critic, 1 only the rewards.", Minimum = 0, Maximum = 1)] double Lambda = 0.95,
    [Option("How far the ratio of new to old probability may leave 1 before a sample stops pulling, ε.", Minimum = 0.001, Maximum = 10)] double Clip = 0.2,
    [Option("Weight of the policy's entropy (nats) in the objective, at the beginning; more explores longer.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [Option("Weight of the entropy at the end of the run, in a straight line from the first; -1 keeps the first.", Minimum = -1, Maximum = 10)] double EntropyEnd = -1,
    [Option("Weight of the critic's loss, the mean of half the squared error.", Minimum = 0, Maximum = 100)] double ValueWeight = 1,
    [Option("How far (in normalised units) a new value may leave the old before a sample stops pulling the critic; 0 for no limit.", Minimum = 0, Maximum = 100)] double ValueClip = 0,
    [Option("Widths of the critics' hidden layers; empty for linear critics.", Default = "64, 64", Minimum = 1, Maximum = 4096)] Values<int> Hidden = default,
    [Option("Nonlinearity between the critics' layers.")] Activation Activation = Activation.Relu,
    [Option("Advantages are brought to mean 0 and deviation 1 over each batch of the shard.")] bool NormaliseAdvantages = true,
    [Option("The critics' targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets of the shard.")] ValueNormalisation ValueNormalisation = ValueNormalisation.Exponential,
    [Option("The reward an agent learns from: its own, or the mean or the sum over all agents.")] RewardShare Reward = RewardShare.Own,
    [Option("What computes the networks while learning: fused (a vectorised kernel, no libtorch needed) or torch. Equal to rounding.")] Backend Backend = Backend.Fused,
    [Option("Where the networks are computed while learning: cpu, or cuda with 'backend: torch'.")] ComputeDevice Device = ComputeDevice.Cpu)
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
