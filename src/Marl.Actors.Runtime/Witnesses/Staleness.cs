using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// Holds a stage to the lags of its inputs: with <c>lag(updates=n)</c> it works on update u with version u − n or a newer one,
/// and with a lag alone on the edge the token it takes as number k is number k − n of those that were made. What update it
/// works on, its other inputs say.
/// </summary>
internal sealed class Staleness
{
    private const string Lag = "lag";

    private readonly RunWitness run;
    private readonly Lagged?[] byLane; // null for an input without a lag
    private int work = -1;             // the update the stage works on; −1 before its first
    private bool isResumed;

    /// <summary>Of the given inputs of a stage.</summary>
    public Staleness(RunWitness run, IReadOnlyList<LaneWitness> lanes, IReadOnlyList<LinkWitness> links)
    {
        this.run = run;
        byLane = [.. lanes.Select(lane => Of(lane, links.First(l => l.Link.Id == lane.Link.Id)))];
        IsOfInterest = byLane.Any(l => l is not null);
    }

    /// <summary>Some input has a lag.</summary>
    public bool IsOfInterest { get; }

    /// <summary>An input has a lag.</summary>
    public bool HasLag(int index) => byLane[index] is not null;

    /// <summary>Where the stage stands, for one that is made anew.</summary>
    public (int Work, (int Count, Stamp? Last)[] Lanes) Mark => (work, [.. byLane.Select(l => (l?.Count ?? 0, l?.Last))]);

    /// <summary>A token of this firing comes from an input without a lag; all of them are told before those with one.</summary>
    public void Work(Stamp stamp)
    {
        if (stamp.Update <= work)
        {
            return;
        }

        foreach (var lane in byLane)
        {
            if (lane is not null && work >= 0 && (lane.Last is { } last ? last.Update < work - lane.Updates : !isResumed))
            {
                var version = lane.Last is { } old ? $"the one at {old}" : "none";
                Stale(lane, $"goes on to update {stamp.Update}, at {stamp}, and has done update {work} with an older version than it may: {version}");
            }
        }

        work = stamp.Update;
    }

    /// <summary>The stage takes a token from that lane.</summary>
    public void Take(int index, Stamp stamp)
    {
        if (byLane[index] is not { } lane)
        {
            return;
        }

        if (stamp.Update < work - lane.Updates)
        {
            Stale(lane, $"works on update {work} and takes the version at {stamp}");
        }
        else if (lane.IsAlone && !isResumed && Math.Max(0, lane.Count - lane.Updates) is var number && number < lane.Sent.Count && lane.Sent[number].Stamp != stamp)
        {
            Stale(lane, $"takes the version at {stamp} as its number {lane.Count + 1}, where the one at {lane.Sent[number].Stamp} was due");
        }

        lane.Count++;
        lane.Last = stamp;
    }

    /// <summary>The stage goes on from a saved state: what it took before is not known.</summary>
    public void Resume() => isResumed = true;

    public void Rewind((int Work, (int Count, Stamp? Last)[] Lanes)? mark)
    {
        work = mark?.Work ?? -1;
        for (var i = 0; i < byLane.Length; i++)
        {
            if (byLane[i] is { } lane)
            {
                (lane.Count, lane.Last) = mark?.Lanes[i] ?? (0, null);
            }
        }
    }

    /// <summary>The lag of a lane; null where there is none, or where other operators change how many tokens there are.</summary>
    private static Lagged? Of(LaneWitness lane, LinkWitness link)
    {
        var operators = lane.Link.Edge.Operators;
        return lane.Link.Edge.Merge is Merge.Single or Merge.ByStep && operators.Any(o => o.Component.Id == Lag) && operators.All(o => o.Component.Passes(o.Options).Rate is (1, 1) && (o.Component.Id == Lag || o.Component.Passes(o.Options).Ahead == 0))
            ? new(lane.Link.Edge, operators.Where(o => o.Component.Id == Lag).Sum(o => (int)o.Component.Passes(o.Options).Ahead), operators.Count == 1, link.Sent, lane.Link.Consumer.Name)
            : null;
    }

    private void Stale(Lagged lane, string what) => run.Report(
        lane, WitnessCodes.Stale, lane.Edge.Where,
        $"{lane.Edge.Name} |> lag(updates={lane.Updates}): '{lane.Stage}' {what}; version {Math.Max(0, work - lane.Updates)} is the oldest it may have.");

    /// <summary>An input with a lag.</summary>
    private sealed class Lagged(Edge edge, int updates, bool isAlone, TokenStream sent, string stage)
    {
        public Edge Edge => edge;

        public int Updates => updates;

        public bool IsAlone => isAlone;

        public TokenStream Sent => sent;

        public string Stage => stage;

        public int Count { get; set; }

        public Stamp? Last { get; set; }
    }
}
