using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>Options of every algorithm whose actors climb the gradient of a critic by their actions.</summary>
public interface ICriticLearning
{
    /// <summary>α of the actors.</summary>
    double ActorRate { get; }

    /// <summary>α of the critics.</summary>
    double CriticRate { get; }

    /// <summary>γ.</summary>
    double Gamma { get; }

    /// <summary>τ.</summary>
    double TargetRate { get; }

    /// <summary>Hidden layers of the critics.</summary>
    Values<int> CriticHidden { get; }

    /// <summary>Longest gradient.</summary>
    double MaxGradientNorm { get; }

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

/// <summary>One sentence for each option that algorithms with central critics share.</summary>
internal static class CriticHelp
{
    public const string ActorRate = "Adam's step size of the actors.";
    public const string CriticRate = "Adam's step size of the critics.";
    public const string TargetRate = "How far the target networks move towards the learning ones after every update, τ.";
    public const string CriticHidden = "Widths of the critics' hidden layers.";
    public const string MaxGradientNorm = "Longest gradient, of the actors and of the critics each; longer ones are shortened to it. 0 for no limit.";
    public const string Reward = "The reward each agent learns from: its own, or the mean or the sum over all agents.";
}
