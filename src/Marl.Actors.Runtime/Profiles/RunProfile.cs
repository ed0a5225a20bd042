using System.Diagnostics;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Profiles;

/// <summary>
/// Measures how long every stage of a run computes and waits, and what its edges carry. Make one for each run, and ask for the
/// report when it is over; it changes nothing but the time the run takes (two looks at the clock a firing, one a token).
/// </summary>
public sealed class RunProfile : ICellWatcher
{
    private readonly List<CellProfile> cells = [];

    /// <summary>Where the time went so far; only meaningful while nothing runs.</summary>
    public ProfileReport Report()
    {
        var begun = cells.Where(c => c.First > 0).ToArray();
        var seconds = begun.Length == 0 ? 0 : Seconds(begun.Max(c => c.Last) - begun.Min(c => c.First));
        var stages = cells.GroupBy(c => c.Cell.Node.Id).Select(stage => new StageTime(
            stage.Key,
            stage.Count(),
            stage.Sum(c => c.Firings),
            Seconds(stage.Sum(c => c.Busy)),
            Seconds(stage.Max(c => c.Busy)),
            Seconds(stage.Sum(c => c.Waited)),
            stage.Sum(c => c.AllocatedBytes)));
        var edges = cells.SelectMany(c => c.Links).GroupBy(l => l.Link.Edge.Name).Select(edge => new EdgeTime(
            edge.Key,
            edge.First().Link.Edge.From,
            edge.Sum(l => l.Messages),
            edge.Sum(l => l.Bytes),
            Seconds(edge.Sum(l => l.InOperators)),
            Seconds(edge.Sum(l => l.Waited)),
            edge.Sum(l => l.Dropped),
            edge.Sum(l => l.Overwritten),
            edge.Select(l => l.Entropy).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
            edge.First().Link.Consumer.Node.Purpose == Purpose.Evaluation));
        return new(seconds, stages.OrderByDescending(s => s.Seconds).ToValues(), edges.OrderByDescending(e => e.Waited).ToValues());
    }

    ICellWatch ICellWatcher.Watch(CellAddress cell, Topology topology)
    {
        var profile = new CellProfile(cell, topology);
        cells.Add(profile);
        return profile;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
