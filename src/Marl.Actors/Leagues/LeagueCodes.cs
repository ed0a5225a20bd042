namespace Marl.Actors.Leagues;

/// <summary>Diagnostic codes about what a league came to.</summary>
public static class LeagueCodes
{
    /// <summary>The run has no league, so there is no pool of past selves to average.</summary>
    public const string NoLeague = "MARL4520";

    /// <summary>The rules of the run's world can't be written out.</summary>
    public const string NoTree = "MARL4521";

    /// <summary>How far play is from the equilibrium was asked of a game whose players decide more than once.</summary>
    public const string NoEquilibrium = "MARL4700";
}
