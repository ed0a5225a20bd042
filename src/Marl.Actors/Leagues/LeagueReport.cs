using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Leagues;

/// <summary>What the players of a league came to, measured on the game's tree.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Game">The game's name.</param>
/// <param name="Series">The main player's past selves, the oldest first; at least one.</param>
/// <param name="Equilibrium">How both act in the game's equilibrium; null where players decide more than once: there may be many.</param>
public sealed record LeagueReport(string Pipeline, string Game, Values<LeaguePoint> Series, Values<SolvedChoice>? Equilibrium)
{
    /// <summary>The newest: its average is that over all of them.</summary>
    public LeaguePoint Last => Series[^1];

    /// <summary>How far the average's probabilities are from the equilibrium's: the greatest difference of an action's; null where there is none.</summary>
    public double? Distance => Equilibrium?.Zip(Last.Judged.AverageChoices).SelectMany(c => c.First.Probabilities.Zip(c.Second.Probabilities)).Max(p => Math.Abs(p.First - p.Second));
}

/// <summary>A past self.</summary>
/// <param name="Version">Updates it had learned from.</param>
/// <param name="Elo">Its rating.</param>
/// <param name="Judged">What it, and the average over it and all before it, are worth.</param>
public sealed record LeaguePoint(int Version, double Elo, JudgedPolicy Judged);
