namespace Marl.Actors.Algorithms.Rewards;

/// <summary>Which reward an agent learns from.</summary>
public enum RewardShare
{
    /// <summary>What the world gave it.</summary>
    Own,

    /// <summary>The mean over all agents.</summary>
    TeamMean,

    /// <summary>The sum over all agents.</summary>
    TeamSum,
}
