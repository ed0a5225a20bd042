using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>A past self.</summary>
/// <param name="Player">0 for the main player's, 1 for the exploiter's.</param>
/// <param name="Version">Updates it had learned from.</param>
/// <param name="Parameters">By policy: a policy of its own for each group of seats.</param>
public sealed record PastSelf(int Player, int Version, float[][] Parameters)
{
    /// <summary>Its rating.</summary>
    public double Elo { get; set; }

    /// <summary>Matches of the players as they are now against it, by player; those of long ago count for less.</summary>
    public double[] Games { get; } = new double[2];

    /// <summary>How many of them they won.</summary>
    public double[] Score { get; } = new double[2];

    /// <summary>How likely a player beats it, by its matches and one draw.</summary>
    public double WinRate(int player) => (Score[player] + 0.5) / (Games[player] + 1);
}

/// <summary>
/// Past selves in the order in which they came. All of a player stand for as many updates, so that their mixture is its average
/// over time: when a player has as many as may be kept, every other goes, and snapshots are taken half as often from then on.
/// </summary>
/// <param name="most">Of a player.</param>
/// <param name="every">Updates between snapshots at the beginning.</param>
public sealed class LeaguePool(int most, int every)
{
    private readonly List<PastSelf> selves = [];

    /// <summary>Updates between snapshots.</summary>
    public int Every { get; private set; } = every;

    /// <summary>All of them.</summary>
    public IReadOnlyList<PastSelf> Selves => selves;

    /// <summary>Whether players join at an update.</summary>
    public bool IsDue(long update) => update % Every == 0;

    /// <summary>Players join as they are.</summary>
    public void Join(IEnumerable<PastSelf> newest)
    {
        selves.AddRange(newest);
        if (selves.Count(s => s.Player == 0) <= most)
        {
            return;
        }

        Every *= 2;
        selves.RemoveAll(s => s.Version % Every != 0);
    }

    /// <summary>Writes all of them.</summary>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("league.every", Every);
        snapshot.Put<int>("league.player", [.. selves.Select(s => s.Player)]);
        snapshot.Put<int>("league.version", [.. selves.Select(s => s.Version)]);
        snapshot.Put<double>("league.elo", [.. selves.Select(s => s.Elo)]);
        snapshot.Put<double>("league.games", [.. selves.SelectMany(s => s.Games)]);
        snapshot.Put<double>("league.score", [.. selves.SelectMany(s => s.Score)]);
        var policies = selves.Count == 0 ? 0 : selves[0].Parameters.Length;
        snapshot.Put("league.policies", policies);
        for (var policy = 0; policy < policies; policy++)
        {
            snapshot.Put<float>($"league.parameters.{policy}", [.. selves.SelectMany(s => s.Parameters[policy])]);
        }
    }

    /// <summary>Takes a saved pool over.</summary>
    public void Load(StageSnapshot snapshot)
    {
        Every = snapshot.GetOne<int>("league.every");
        selves.Clear();
        selves.AddRange(Read(snapshot));
    }

    /// <summary>The past selves of a saved league.</summary>
    public static IReadOnlyList<PastSelf> Read(StageSnapshot snapshot)
    {
        var (players, versions) = (snapshot.Get<int>("league.player"), snapshot.Get<int>("league.version"));
        var (elos, games, scores) = (snapshot.Get<double>("league.elo"), snapshot.Get<double>("league.games"), snapshot.Get<double>("league.score"));
        float[][] parameters = [.. Enumerable.Range(0, snapshot.GetOne<int>("league.policies")).Select(p => snapshot.Get<float>($"league.parameters.{p}"))];
        return [.. Enumerable.Range(0, players.Length).Select(i =>
        {
            var self = new PastSelf(players[i], versions[i], [.. parameters.Select(all => all[(all.Length / players.Length * i)..(all.Length / players.Length * (i + 1))])]) { Elo = elos[i] };
            games.AsSpan(2 * i, 2).CopyTo(self.Games);
            scores.AsSpan(2 * i, 2).CopyTo(self.Score);
            return self;
        })];
    }
}
