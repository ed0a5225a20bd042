using Marl.Actors.Core.Results;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Leagues;

/// <summary>What the players of a league came to, measured on the game's tree.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Game">The game's name.</param>
/// <param name="Series">The main player's past selves, the oldest first; at least one.</param>
public sealed record LeagueReport(string Pipeline, string Game, Values<LeaguePoint> Series)
{
    /// <summary>The newest: its average is that over all of them.</summary>
    public LeaguePoint Last => Series[^1];
}

/// <summary>A past self.</summary>
/// <param name="Version">Updates it had learned from.</param>
/// <param name="Elo">Its rating.</param>
/// <param name="Judged">What it, and the average over it and all before it, are worth.</param>
public sealed record LeaguePoint(int Version, double Elo, JudgedPolicy Judged);
