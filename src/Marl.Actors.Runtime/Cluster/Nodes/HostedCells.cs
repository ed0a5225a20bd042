using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>The cells of a run that one participant hosts.</summary>
internal sealed class HostedCells : IDisposable
{
    private readonly HostTransport transport;
    private readonly int self;
    private readonly TraceRecorder? recorder;
    private readonly Values<int> owners;

    private HostedCells(Topology topology, IReadOnlyList<StageCell> cells, HostTransport transport, int self, Values<int> owners, TraceRecorder? recorder, EdgeCounts counts)
    {
        this.recorder = recorder;
        Counts = counts;
        Topology = topology;
        Cells = cells;
        this.transport = transport;
        this.self = self;
        this.owners = owners;
    }

    /// <summary>The whole graph spread out; positions in it mean the same to every participant.</summary>
    public Topology Topology { get; }

    /// <summary>What they have sent.</summary>
    public EdgeCounts Counts { get; }

    /// <summary>Those that are here.</summary>
    public IReadOnlyList<StageCell> Cells { get; }

    /// <summary>Makes the cells of this participant, or says why one can't be made here.</summary>
    public static Result<HostedCells> Make(Topology topology, Assignment assignment, int self, HostTransport transport, EdgeCounts counts)
    {
        var graph = topology.Graph;
        if (topology.Cells.Count != assignment.Owners.Count)
        {
            return Result.Failure<HostedCells>(new Diagnostic(
                ClusterCodes.NodeRefused, SourceSpan.Whole(graph.Name),
                $"Here the pipeline has {topology.Cells.Count} stage instances, for the leader {assignment.Owners.Count}.", "Run the same version of marl on every node."));
        }

        var recorder = assignment.Recording == Recording.None ? null : new TraceRecorder(assignment.Recording == Recording.Full);
        var options = new RunOptions { Observer = new Wanted(assignment.Observed), ChecksSignatures = assignment.ChecksSignatures, Trace = recorder, Watchers = [VersionWatch.Into(counts)] };
        var (cells, failure) = new CellFactory(topology, transport, options).Make(topology.Cells.Where(c => assignment.Owners[c.Index] == self));
        return failure is null
            ? Result.Success(new HostedCells(topology, cells, transport, self, assignment.Owners, recorder, counts))
            : Result.Failure<HostedCells>(failure.Failures);
    }

    /// <summary>Hands a parcel from another participant to the cell it is for.</summary>
    /// <exception cref="WireException">It speaks of a link that is not there, or does not end here.</exception>
    public void Take(Parcel parcel)
    {
        switch (parcel)
        {
            case TokenParcel token:
                transport.Arrive(Ending(token.Link), token.Message);
                break;
            case SupersededParcel superseded:
                transport.Skip(Ending(superseded.Link));
                break;
            case EndParcel end:
                transport.End(Ending(end.Link));
                break;
            case GrantParcel grant:
                transport.Grant(Beginning(grant.Link), grant.Credits);
                break;
            default:
                throw new WireException($"A host takes no {parcel.GetType().Name}.");
        }
    }

    /// <summary>What was recorded of the links on which cells here send.</summary>
    public IReadOnlyList<LinkTrail> Trails => recorder?.Trails(l => owners[l.Producer.Index] == self) ?? [];

    public void Dispose() => recorder?.Dispose();

    private Link Ending(int id) => Here(id, l => l.Consumer);

    private Link Beginning(int id) => Here(id, l => l.Producer);

    private Link Here(int id, Func<Link, CellAddress> end)
    {
        var link = Statuses.At(Topology.Links, id);
        return owners[end(link).Index] == self ? link : throw new WireException($"{link.Edge.Name} does not concern this node.");
    }

    /// <summary>Wants what the leader's observer wants; what it sees goes there.</summary>
    private sealed class Wanted(Values<(string Stage, string Port)> ports) : IRunObserver
    {
        private readonly HashSet<(string, string)> wanted = [.. ports];

        public bool Wants(Node node, OutputPort port) => wanted.Contains((node.Id, port.Name));

        public void Observe(Node node, OutputPort port, int peer, Message message) => throw new InvalidOperationException("A host observes nothing itself.");
    }
}
