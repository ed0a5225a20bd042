using Marl.Actors.Algorithms.Learners;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>What critics see.</summary>
public enum CriticView
{
    /// <summary>What the agent it judges sees; with a state port the world's state.</summary>
    Own,

    /// <summary>What all agents see, those of the judged first.</summary>
    Joint,
}

/// <summary>Options of the algorithms whose agents talk: those of PPO, and what messages are worth.</summary>
/// <param name="Epochs">Passes over each batch.</param>
/// <param name="Minibatches">Parts of a pass.</param>
/// <param name="LearningRate">α.</param>
/// <param name="LearningRateSchedule">Course of α.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Lambda">λ.</param>
/// <param name="Clip">ε.</param>
/// <param name="Entropy">Entropy bonus of actions.</param>
/// <param name="EntropyEnd">The same at the end.</param>
/// <param name="MessageEntropy">Entropy bonus of messages.</param>
/// <param name="MessageEntropyEnd">The same at the end.</param>
/// <param name="ValueWeight">Weight of the critic's loss.</param>
/// <param name="Critic">What critics see.</param>
/// <param name="MaxGradientNorm">Clip of the gradient.</param>
/// <param name="Hidden">The critics' hidden layers.</param>
/// <param name="Activation">The critics' nonlinearity.</param>
/// <param name="NormaliseAdvantages">Standardise advantages.</param>
/// <param name="ValueNormalisation">Standardise targets.</param>
/// <param name="Reward">Own or shared rewards.</param>
/// <param name="AdamEpsilon">Adam's ε.</param>
public sealed record TalkOptions(
    [PpoOption.Epochs] int Epochs = 4,
    [PpoOption.Minibatches] int Minibatches = 1,
    [LearnerOption.LearningRate] double LearningRate = 2e-3,
    [LearnerOption.LearningRateSchedule] LearningRateSchedule LearningRateSchedule = LearningRateSchedule.Linear,
    [LearnerOption.Gamma] double Gamma = 0.99,
    [PpoOption.Lambda] double Lambda = 0.95,
    [Option("How far the ratio of new to old probability of all choices of a step may leave 1 before a sample stops pulling, ε.", Minimum = 0.001, Maximum = 10)] double Clip = 0.2,
    [Option("Weight of the action's entropy (nats) in the objective, at the beginning; more explores longer.", Minimum = 0, Maximum = 10)] double Entropy = 0.01,
    [PpoOption.EntropyEnd] double EntropyEnd = -1,
    [Option("Weight of the entropy of all that is drawn about messages (words, gates, addresses); -1 for that of the action.", Minimum = -1, Maximum = 10)] double MessageEntropy = -1,
    [Option("The same at the end of the run; -1 keeps the first, or follows the action's.", Minimum = -1, Maximum = 10)] double MessageEntropyEnd = -1,
    [PpoOption.ValueWeight] double ValueWeight = 1,
    [Option("What critics see: what the agent they judge sees itself (or the state, where it is connected), or what all agents see together; policies act without them.")] CriticView Critic = CriticView.Own,
    [LearnerOption.MaxGradientNorm] double MaxGradientNorm = 10,
    [PpoOption.HiddenOfEach(Default = "64")] Values<int> Hidden = default,
    [PpoOption.ActivationOfEach] Activation Activation = Activation.Tanh,
    [PpoOption.NormaliseAdvantages] bool NormaliseAdvantages = true,
    [Option("The critics' targets are brought to mean 0 and deviation 1 by the moments of none, all (running) or recent (exponential) targets.")] ValueNormalisation ValueNormalisation = ValueNormalisation.Exponential,
    [LearnerOption.Reward] RewardShare Reward = RewardShare.Own,
    [LearnerOption.AdamEpsilon] double AdamEpsilon = 1e-5)
{
    /// <summary>Widths of the critics' hidden layers; 64 unless given.</summary>
    public Values<int> Hidden { get; init; } = Hidden.IsDefault ? [64] : Hidden;

    /// <summary>Those that critics heed.</summary>
    internal PpoOptions Critics => new(
        Epochs,
        Minibatches,
        Gamma: Gamma,
        Lambda: Lambda,
        ValueWeight: ValueWeight,
        Hidden: Hidden,
        Activation: Activation,
        NormaliseAdvantages: NormaliseAdvantages,
        ValueNormalisation: ValueNormalisation,
        Reward: Reward);

    /// <summary>Weights of the entropies of actions and messages in an update.</summary>
    internal (double Actions, double Messages) Entropies(long update, long total)
    {
        var actions = Course(Entropy, EntropyEnd);
        return (actions, MessageEntropy < 0 ? actions : Course(MessageEntropy, MessageEntropyEnd));

        double Course(double first, double last) => last < 0 ? first : Schedules.Linear(first, last, update, total);
    }
}
