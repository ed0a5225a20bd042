using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>How a rehearsal ended.</summary>
internal enum Ending
{
    /// <summary>It goes on for ever: an iteration (or pass) ended as an earlier one, the one before it unless rates differ.</summary>
    Alive,

    /// <summary>Some players never fire again.</summary>
    Dead,

    /// <summary>The clock stands still because an edge is full.</summary>
    Full,

    /// <summary>Nobody knows: it took too long.</summary>
    TooLong,
}

/// <summary>
/// Leads an ensemble from iteration to iteration (from pass to pass, in evaluation), as a run is led: the clock does one, then
/// everything runs dry.
/// </summary>
internal sealed class Conductor
{
    private const int Longest = 10_000; // iterations
    private const long Unlimited = long.MaxValue / 4 / Longest;

    private readonly Ensemble ensemble;
    private readonly long[] cycles; // in an iteration, by player

    public Conductor(Ensemble ensemble, Graph graph, Purpose purpose)
    {
        this.ensemble = ensemble;
        var steps = purpose == Purpose.Training ? graph.Iteration : ensemble.Players.Aggregate(1L, (lcm, p) => Fraction.Lcm(lcm, p.Node.Rate?.Denominator ?? 1));
        cycles = [.. ensemble.Players.Select(p => p.EndsIterations ? 1 : p.Node.Rate is { } rate ? rate.Numerator * (steps / rate.Denominator) : Unlimited)];
    }

    /// <summary>Players that never fire again, and what they wait for.</summary>
    public IReadOnlyDictionary<Player, (Channel Channel, long Tokens)> Dead { get; private set; } = new Dictionary<Player, (Channel, long)>();

    /// <summary>Executes until iterations repeat.</summary>
    /// <param name="grow">Makes room when the clock stands still; says whether it could. Null where nothing is full for ever.</param>
    public Ending Run(Func<bool>? grow)
    {
        ensemble.Begin();
        var before = new HashSet<Values<long>>();
        for (var iteration = 1; iteration <= Longest; iteration++)
        {
            var fired = ensemble.Players.Select(p => p.Fired).ToArray();
            foreach (var player in ensemble.Players)
            {
                // Only sources and loops that nobody drives come to their limit; what initial tokens allow beforehand stays below it.
                player.Limit = cycles[player.Index] * (iteration + (player.Node.Component.IsClock ? 0 : 1));
            }

            do
            {
                if (!RunDry())
                {
                    return Ending.TooLong;
                }
            }
            while (grow is not null && !IsOver && grow());

            if (grow is not null && !IsOver)
            {
                return Ending.Full;
            }

            if (grow is null)
            {
                Dead = Standstill.Dead(ensemble, fired);
                if (Dead.Count > 0)
                {
                    return Ending.Dead;
                }
            }

            if (!before.Add(ensemble.State()))
            {
                return Ending.Alive;
            }
        }

        return Ending.TooLong;
    }

    /// <summary>The clocks have done what they should.</summary>
    private bool IsOver => ensemble.Players.All(p => !p.Node.Component.IsClock || p.IsDone);

    /// <summary>What comes from outside comes as it is asked for.</summary>
    private bool RunDry()
    {
        do
        {
            if (!ensemble.RunDry())
            {
                return false;
            }
        }
        while (Feed());

        return true;
    }

    private bool Feed()
    {
        var isFed = false;
        foreach (var (channel, _) in ensemble.Outside)
        {
            var reader = ensemble.Players.First(p => p.Node.Id == channel.Edge.To);
            if (!reader.IsDone && reader.Turn.Takes.Any(t => t.Inbox == channel.Inbox && t.Inbox.Firings(t.Tokens, 1) == 0) && channel.Chain.UntilNext(channel.Sent) is { } tokens)
            {
                channel.Send(tokens);
                isFed = true;
            }
        }

        return isFed;
    }
}
