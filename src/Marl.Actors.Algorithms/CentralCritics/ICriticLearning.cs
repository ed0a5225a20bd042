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
