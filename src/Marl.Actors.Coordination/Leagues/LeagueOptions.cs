using Marl.Actors.Core.Options;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>Against whom a player learns.</summary>
public enum Matchmaking
{
    /// <summary>Itself as it is now.</summary>
    Latest,

    /// <summary>Any past self, each as likely as the others.</summary>
    Past,

    /// <summary>Past selves, those more likely against whom there is more to learn.</summary>
    Prioritised,
}

/// <summary>How much past selves count in the average.</summary>
public enum Averaging
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>By the updates they had learned from, so that what was played at the beginning is forgotten sooner.</summary>
    Linear,
}

/// <summary>What makes a past self worth meeting, from the probability x of beating it.</summary>
public enum Weighting
{
    /// <summary>Losing to it: (1 − x)^power.</summary>
    Hard,

    /// <summary>That it is as strong: x (1 − x).</summary>
    Variance,
}

/// <summary>Options of <c>league/self-play</c>.</summary>
/// <param name="Matchmaking">Against whom.</param>
/// <param name="Averaging">How much past selves count.</param>
/// <param name="Past">Share of groups against past selves.</param>
/// <param name="Weighting">Of prioritised matchmaking.</param>
/// <param name="Power">Of hard weighting.</param>
/// <param name="Exploiter">Share of groups of the exploiter.</param>
/// <param name="Groups">Groups of copies.</param>
/// <param name="MatchUpdates">Tokens a match lasts.</param>
/// <param name="SnapshotEvery">Updates between snapshots.</param>
/// <param name="Pool">Most snapshots of a player.</param>
/// <param name="Elo">K.</param>
public sealed record LeagueOptions(
    [Option("Against whom the player learns: itself as it is now (latest), past selves that are equally likely (past: fictitious self-play), or those more likely that there is more to learn from (prioritised).")] Matchmaking Matchmaking = Matchmaking.Past,
    [Option("How much past selves count in their average, and how likely 'matchmaking: past' meets them: all alike (uniform), or by the updates they had learned from (linear), which forgets the beginning sooner.")] Averaging Averaging = Averaging.Uniform,
    [Option("Share of the groups in which it meets past selves; in the others it meets itself as it is now.", Minimum = 0, Maximum = 1)] double Past = 1,
    [Option("Which past selves are more likely, with 'matchmaking: prioritised': those it loses to (hard), or those it is on a par with (variance).")] Weighting Weighting = Weighting.Hard,
    [Option("How much more likely those are it loses to: the exponent of hard weighting.", Minimum = 0, Maximum = 20)] double Power = 2,
    [Option("Share of the groups in which an exploiter, where there is one, learns against the player as it is now.", Minimum = 0, Maximum = 1)] double Exploiter = 0.25,
    [Option("Groups of copies; in each of them all copies play the same match.", Minimum = 1, Maximum = 65_536)] int Groups = 8,
    [Option("Rollouts that a match lasts. Episodes that are cut by another match don't count.", Minimum = 1, Maximum = 1_000_000)] int MatchUpdates = 1,
    [Option("Updates after which the player joins the pool as it is then.", Minimum = 1, Maximum = 1_000_000)] int SnapshotEvery = 1,
    [Option("Most past selves of a player that are kept. When there are as many, every other goes and snapshots are taken half as often.", Minimum = 2, Maximum = 65_536)] int Pool = 512,
    [Option("How many points of the Elo rating a match may move at most.", Minimum = 0, Maximum = 1000)] double Elo = 16)
{
    /// <summary>The weight of a past self in the average.</summary>
    public double Weight(PastSelf self) => Averaging == Averaging.Linear ? self.Version : 1;
}
