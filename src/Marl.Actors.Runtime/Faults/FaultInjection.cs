using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// Makes the network of one simulated run as bad as a plan says, and watches that nothing comes of it: each token reaches its
/// consumer once, in order, with stamps that don't go back, and none after the end. Make one for each run.
/// </summary>
/// <param name="plan">The faults; none only watches.</param>
public sealed class FaultInjection(FaultPlan plan)
{
    private readonly List<Diagnostic> violations = [];
    private FaultyLink[] links = [];

    /// <summary>What went wrong, after the run.</summary>
    public Values<Diagnostic> Violations => violations.ToValues();

    /// <summary>Tokens sent on all links.</summary>
    public long Messages => links.Sum(l => l.Sent);

    /// <summary>Faults injected.</summary>
    public long Injected => links.Sum(l => l.Faults);

    /// <summary>Makes the consumer's end of a link.</summary>
    internal Func<LinkReceiver> Receiver { get; init; } = () => new();

    /// <summary>Edges a plan names and a graph has not.</summary>
    public static Values<Diagnostic> Unknown(FaultPlan plan, Graph graph)
    {
        var edges = graph.Edges.Select(e => e.Name).ToArray();
        return plan.Faults
            .Where(f => !edges.Any(f.Concerns))
            .Select(f => new Diagnostic(FaultCodes.NoSuchEdge, f.Edge.Where, $"'{graph.Name}' has no edge '{f.Edge.Value}'.", Nearest.Remedy(f.Edge.Value, edges, "edges")))
            .ToValues();
    }

    internal FaultyTransport Before(SimulatedTransport wire, Topology topology, long schedule)
    {
        var key = RandomKey.FromSeed(schedule).Derive("faults");
        links = [.. topology.Links.Select(link => new FaultyLink(
            link,
            wire,
            new([.. plan.Faults.Where(f => f.Concerns(link.Edge.Name))], key.Derive((ulong)link.Id)),
            Receiver(),
            new(link, schedule, violations)))];
        return new(wire, links);
    }

    /// <summary>The run has ended by itself.</summary>
    internal void Close() => Array.ForEach(links, l => l.Close());
}
