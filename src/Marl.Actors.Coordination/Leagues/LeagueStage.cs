using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Leagues;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>The stage of <see cref="LeagueComponent"/>: books the results of the matches, lets players join the pool, draws matches.</summary>
internal sealed class LeagueStage : IStage
{
    private const double Remembered = 0.95; // of what is known of a past self, from one update to the next: players change

    private readonly LeagueOptions options;
    private readonly StageContext context;
    private readonly int seats;
    private readonly int[] policyOf;  // by seat
    private readonly bool hasExploiter;
    private readonly LeaguePool pool;
    private readonly Matchmaker matchmaker;
    private readonly MessagePool[] messages; // by seat
    private readonly MessagePool metrics = new(LeagueComponent.Figures);
    private readonly double[] elo = new double[2];
    private readonly double[] pastScores = new double[2];      // of the newest results: won, played
    private readonly double[] exploiterScores = new double[2]; // likewise
    private Matchmaker.Match[] matches = [];
    private long firings;
    private Stamp before;

    public LeagueStage(LeagueOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var types = context.Types.Inputs["results"];
        PolicySpec[] policies = [.. types.Select(t => PolicySpec.FromTerm(t["policy"]))];
        var groups = policies.Select(p => p.Group).Distinct().ToList();
        (seats, policyOf) = (policies.Length, [.. policies.Select(p => groups.IndexOf(p.Group))]);
        hasExploiter = ContenderAgent.HasExploiter(types[0]);
        pool = new(options.Pool, options.SnapshotEvery);
        matchmaker = new(options, seats, hasExploiter);
        messages = [.. policies.Select(p => new MessagePool(MatchMessages.Layout(options.Groups, p.Parameters)))];
    }

    public Needs Needs { get; } = new(1);

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var stamp = firing[LeagueComponent.Results].Stamp;
        if (firings > 0)
        {
            Book(firing);
        }

        if (pool.IsDue(firings))
        {
            pool.Join(Newest(firing));
        }

        var isNew = firings % options.MatchUpdates == 0;
        if (isNew)
        {
            matches = matchmaker.Draw(pool.Selves, context.Key.Derive((ulong)firings).Stream());
        }

        Send(stamp, isNew, outputs);
        if (firings > 0)
        {
            Say(outputs);
        }

        before = stamp;
        firings++;
    }

    public void Save(StageSnapshot snapshot)
    {
        pool.Save(snapshot);
        snapshot.Put("league.firings", firings);
        snapshot.Put<int>("league.before", [before.Update, before.Step, before.Round]);
        snapshot.Put<double>("league.ratings", elo);
        snapshot.Put<int>("league.matches", [.. matches.SelectMany(m => new[] { m.Learner, m.Seat, m.Opponent?.Player ?? -1, m.Opponent?.Version ?? -1 })]);
        for (var policy = 0; policy <= policyOf.Max(); policy++)
        {
            snapshot.Put<float>($"league.opponents.{policy}", [.. matches.SelectMany(m => m.Opponent?.Parameters[policy] ?? [])]);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        pool.Load(snapshot);
        firings = snapshot.GetOne<long>("league.firings");
        var stamp = snapshot.Get<int>("league.before");
        before = new(stamp[0], stamp[1], stamp[2]);
        snapshot.GetInto<double>("league.ratings", elo);
        var saved = snapshot.Get<int>("league.matches").Chunk(4).ToArray();
        float[][] parameters = [.. Enumerable.Range(0, policyOf.Max() + 1).Select(p => snapshot.Get<float>($"league.opponents.{p}"))];
        var (opponents, count) = (0, saved.Count(m => m[2] >= 0));
        matches = [.. saved.Select(m => new Matchmaker.Match(m[0], m[1], m[2] < 0 ? null : Opponent(m[2], m[3], opponents++)))];

        // One that is no longer in the pool plays its match to the end.
        PastSelf Opponent(int player, int version, int index) => pool.Selves.FirstOrDefault(s => s.Player == player && s.Version == version)
            ?? new(player, version, [.. parameters.Select(all => all[(all.Length / count * index)..(all.Length / count * (index + 1))])]);
    }

    public void Dispose()
    {
    }

    private IEnumerable<PastSelf> Newest(Firing firing)
    {
        for (var player = 0; player < (hasExploiter ? 2 : 1); player++)
        {
            var parameters = new float[policyOf.Max() + 1][];
            for (var seat = 0; seat < seats; seat++)
            {
                parameters[policyOf[seat]] ??= firing[LeagueComponent.Results, seat][player == 0 ? ResultMessages.Main : ResultMessages.Exploiter].ToArray();
            }

            yield return new(player, (int)firings, parameters) { Elo = elo[player] };
        }
    }

    private void Book(Firing firing)
    {
        foreach (var self in pool.Selves)
        {
            for (var player = 0; player < 2; player++)
            {
                (self.Games[player], self.Score[player]) = (self.Games[player] * Remembered, self.Score[player] * Remembered);
            }
        }

        Array.Clear(pastScores);
        Array.Clear(exploiterScores);
        for (var group = 0; group < matches.Length; group++)
        {
            var match = matches[group];
            var played = match.Seat < 0 ? 0 : firing[LeagueComponent.Results, match.Seat][ResultMessages.Episodes][group];
            if (played == 0)
            {
                continue;
            }

            var won = firing[LeagueComponent.Results, match.Seat][ResultMessages.Score][group];
            var scores = match.Learner == 0 ? pastScores : exploiterScores;
            (scores[0], scores[1]) = (scores[0] + won, scores[1] + played);
            Rate(match, won / played);
            if (match.Opponent is { } opponent)
            {
                opponent.Games[match.Learner] += played;
                opponent.Score[match.Learner] += won;
            }
        }
    }

    // Elo: a group's match is one game, won by the share of its episodes that were.
    private void Rate(Matchmaker.Match match, double score)
    {
        var other = match.Opponent?.Elo ?? elo[0];
        var expected = 1 / (1 + Math.Pow(10, (other - elo[match.Learner]) / 400));
        var gain = options.Elo * (score - expected);
        elo[match.Learner] += gain;
        if (match.Opponent is { } opponent)
        {
            opponent.Elo -= gain;
        }
        else
        {
            elo[0] -= gain;
        }
    }

    private void Send(Stamp stamp, bool isNew, IOutputs outputs)
    {
        for (var seat = 0; seat < seats; seat++)
        {
            var message = messages[seat].Rent(stamp);
            var stands = message.Write(MatchMessages.Stands);
            var learns = message.Write(MatchMessages.Learns);
            message.Write(MatchMessages.Begins).Fill(isNew ? 1 : 0);
            var parameters = message.Write(MatchMessages.Parameters);
            parameters.Clear();
            for (var group = 0; group < matches.Length; group++)
            {
                (stands[group], learns[group]) = (matches[group].Stands(seat), matches[group].Learns(seat));
                if (stands[group] == 0)
                {
                    var past = matches[group].Opponent!.Parameters[policyOf[seat]];
                    past.CopyTo(parameters[(group * past.Length)..]);
                }
            }

            outputs.Send(LeagueComponent.Matches, seat, message);
        }
    }

    private void Say(IOutputs outputs)
    {
        var message = metrics.Rent(before);
        var figures = message.WriteBlock();
        figures[0] = pool.Selves.Count;
        figures[1] = (float)elo[0];
        figures[2] = (float)Share(pastScores);
        figures[3] = (float)elo[1];
        figures[4] = (float)Share(exploiterScores);
        outputs.Send(LeagueComponent.Metrics, message);
    }

    private static double Share(double[] scores) => scores[1] > 0 ? scores[0] / scores[1] : 0.5;
}
