using Marl.Actors.Algorithms.Ppo;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>What a learner that only makes gradients is told.</summary>
internal interface IGradientOptions
{
    /// <summary>Ranges that parameters and gradients are cut into.</summary>
    int Parts { get; }

    /// <summary>How the gradients are made, as PPO's options; those of the optimiser mean nothing.</summary>
    PpoOptions ToPpo();
}
