using System.Security.Cryptography;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Tracing;

/// <summary>
/// Records every token of one run, link by link, as its producer sends it. Recording never changes the run. Make one, give
/// it to the run's options, and ask for the trace when the run is over.
/// </summary>
/// <param name="isFull">Holds every message's figures, not only those that <see cref="Core.Traces.Trace.Holds"/> says; digests cover all in any case.</param>
public sealed class TraceRecorder(bool isFull = false) : IDisposable
{
    private LinkRecord[] records = [];
    private IReadOnlyList<LinkTrail>? adopted; // recorded by other nodes
    private Graph? graph;

    /// <summary>The trace of the run that is over.</summary>
    /// <param name="steps">Environment steps done.</param>
    /// <param name="policies">The learners' last weights.</param>
    /// <exception cref="InvalidOperationException">No run was given this recorder.</exception>
    public Trace Trace(long steps, Values<TracePolicy> policies)
    {
        var run = graph ?? throw new InvalidOperationException("This recorder was not part of a run.");
        return new()
        {
            Pipeline = run.Name,
            Seed = run.Seed,
            Steps = steps,
            IsFull = IsFull,
            Profile = NumericProfile.Current,
            Edges = Edges(run, adopted ?? Trails(_ => true)),
            Policies = policies,
        };
    }

    /// <summary>Holds every message's figures.</summary>
    internal bool IsFull => isFull;

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(records, r => r.Dispose());

    /// <summary>The transport of a run with the recorder in front.</summary>
    internal ITransport Before(ITransport transport, Topology topology)
    {
        if (graph is not null)
        {
            throw new InvalidOperationException("A recorder serves one run.");
        }

        graph = topology.Graph;
        records = [.. topology.Links.Select(link => new LinkRecord(link, isFull))];
        return new TracingTransport(transport, records);
    }

    /// <summary>What was recorded of some links.</summary>
    internal IReadOnlyList<LinkTrail> Trails(Func<Link, bool> isWanted) =>
        [.. records.Where(r => isWanted(r.Link)).Select(r => r.Trail())];

    /// <summary>Takes over what other nodes have recorded of the run.</summary>
    internal void Adopt(Topology topology, IReadOnlyList<LinkTrail> trails) => (graph, adopted) = (topology.Graph, trails);

    /// <summary>What went along the recorded edges of a graph, in its order.</summary>
    internal static Values<TraceEdge> Edges(Graph graph, IEnumerable<LinkTrail> trails)
    {
        var byEdge = trails.ToLookup(r => r.Link.Edge.Name);
        return graph.Edges
            .Where(edge => byEdge.Contains(edge.Name))
            .Select(edge => Edge(edge.Name, [.. byEdge[edge.Name].OrderBy(r => (r.Link.Producer.Instance, r.Link.Consumer.Instance))]))
            .ToValues();
    }

    private static TraceEdge Edge(string name, LinkTrail[] links)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var link in links)
        {
            hash.AppendData(link.Digest);
        }

        return new(name, links.Select(l => l.Sent).ToValues(), TraceDigest.Text(hash.GetHashAndReset()));
    }
}
