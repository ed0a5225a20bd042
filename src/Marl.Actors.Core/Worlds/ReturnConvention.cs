namespace Marl.Actors.Core.Worlds;

/// <summary>How the returns of several agents become one figure. Published numbers differ by exactly this.</summary>
public enum ReturnConvention
{
    /// <summary>The sum over agents of each agent's own return.</summary>
    TeamSum,

    /// <summary>The mean over agents of each agent's own return.</summary>
    PerAgent,
}
