namespace Marl.Actors.Core.Worlds;

/// <summary>How the returns of several agents become one figure. Published numbers differ by exactly this.</summary>
public enum ReturnConvention
{
    /// <summary>The sum over agents of each agent's own return.</summary>
    TeamSum,

    /// <summary>The mean over agents of each agent's own return.</summary>
    PerAgent,

    /// <summary>No return: 1 for an episode that succeeded and 0 for another, as the world judges. The mean is the share of successes.</summary>
    Success,
}
