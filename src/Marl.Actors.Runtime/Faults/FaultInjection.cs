using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Witnesses;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// Makes one simulated run as hard as a plan says: a network that loses, doubles and overtakes, stages that crash and are made
/// anew. It watches that nothing comes of it. Make one for each run.
/// </summary>
/// <param name="plan">The faults; none only watches.</param>
public sealed class FaultInjection(FaultPlan plan)
{
    private FaultyLink[] links = [];
    private CrashDice[] dice = [];
    private FaultyTransport? transport;
    private RandomKey key;

    /// <summary>What went wrong, after the run.</summary>
    public Values<Diagnostic> Violations => Witness.Violations;

    /// <summary>Tokens sent on all links.</summary>
    public long Messages => links.Sum(l => l.Sent);

    /// <summary>Faults injected, crashes among them.</summary>
    public long Injected => links.Sum(l => l.Faults) + Crashes;

    /// <summary>Stages that crashed and were made anew.</summary>
    public long Crashes => dice.Sum(d => d.Drawn);

    /// <summary>Follows every token.</summary>
    public RunWitness Witness { get; init; } = new();

    /// <summary>Makes the consumer's end of a link.</summary>
    internal Func<Link, LinkReceiver> Receiver { get; init; } = _ => new();

    /// <summary>Edges and stages that a plan names and a graph has not.</summary>
    public static Values<Diagnostic> Unknown(FaultPlan plan, Graph graph)
    {
        var edges = graph.Edges.Select(e => e.Name).ToArray();
        var cells = Topology.Of(graph).Cells;
        return
        [
            .. plan.Faults
                .Where(f => !edges.Any(f.Concerns))
                .Select(f => new Diagnostic(FaultCodes.NoSuchEdge, f.Edge.Where, $"'{graph.Name}' has no edge '{f.Edge.Value}'.", Nearest.Remedy(f.Edge.Value, edges, "edges"))),
            .. plan.Crashes
                .Where(c => !cells.Any(a => c.Concerns(a.Node.Id, a.Name)))
                .Select(c => new Diagnostic(
                    FaultCodes.NoSuchStage, c.Stage.Where, $"'{graph.Name}' has no stage '{c.Stage.Value}'.",
                    Nearest.Remedy(c.Stage.Value, cells.SelectMany(a => new[] { a.Node.Id, a.Name }), "stages"))),
        ];
    }

    /// <summary>The faulty network in front of a faultless one.</summary>
    internal FaultyTransport Before(SimulatedTransport wire, Topology topology, long schedule, TraceRecorder? recorder)
    {
        key = RandomKey.FromSeed(schedule).Derive("faults");
        dice = [.. topology.Cells.Select(c => new CrashDice([.. plan.Crashes.Where(crash => crash.Concerns(c.Node.Id, c.Name))], key.Derive("crashes").Derive((ulong)c.Index)))];
        links = [.. topology.Links.Select(link => new FaultyLink(
            link,
            wire,
            new([.. plan.Faults.Where(f => f.Concerns(link.Edge.Name))], key.Derive((ulong)link.Id)),
            () => Receiver(link),
            new(link, Witness),
            isConsumerSafe: dice[link.Consumer.Index].IsSafe))];
        return transport = new(wire, links, recorder?.Before(new Nowhere(), topology));
    }

    /// <summary>Who may crash, and how it is made anew; null when nobody crashes.</summary>
    internal Recovery? Recovery(Topology topology, Func<CellAddress, StageCell> make) => dice.All(d => d.IsSafe) ? null : new(
        [.. topology.Cells.Select(c => dice[c.Index].IsSafe ? null : new CrashableCell(c, dice[c.Index], plan.Saves, links, transport!, Witness.Of(c)))], make);

    /// <summary>The run has ended by itself, or come to a standstill: nothing is on its way.</summary>
    internal void Close(bool hasStalled)
    {
        foreach (var link in links)
        {
            Witness.Left(link.Link, link.Sent);
        }

        if (hasStalled)
        {
            Witness.FindLost();
        }
        else
        {
            Witness.Close();
        }
    }

    /// <summary>Behind a recorder that is only told.</summary>
    private sealed class Nowhere : ITransport
    {
        public void Deliver(Link link, Core.Messages.Message message)
        {
        }

        public void End(Link link)
        {
        }

        public void Grant(Link link, int credits)
        {
        }

        public void Observe(CellAddress producer, int output, int peer, Core.Messages.Message message)
        {
        }
    }
}
