using Akka.Actor;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Cluster;

/// <summary>Runs a graph on the nodes of a cluster, led from this process.</summary>
public static class ClusterInterpreter
{
    /// <summary>
    /// Runs one epoch: to the end, or until a node is lost (<see cref="RunEnding.Interrupted"/>); then the caller begins the next
    /// one from the newest checkpoint. Never throws for what a user can cause.
    /// </summary>
    /// <param name="node">This process in the cluster.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The same as it travels to other nodes.</param>
    /// <param name="claim">Which run, and which epoch of it.</param>
    /// <param name="recruiting">How nodes are chosen.</param>
    /// <param name="lost">Nodes that earlier epochs have lost, for whoever asks.</param>
    /// <param name="options">How it is run.</param>
    public static async Task<RunOutcome> RunAsync(
        ClusterNode node, Graph graph, PipelineSource source, RunClaim claim, Recruiting recruiting, Values<string> lost, RunOptions options)
    {
        if (Refusal(graph, options) is { } refusal)
        {
            return new(RunEnding.Failed, 0, [refusal], null);
        }

        var topology = Topology.Of(graph);
        if (CellFactory.Mismatch(topology, options.Resume) is { } mismatch)
        {
            return new(RunEnding.Failed, 0, [mismatch], null);
        }

        var done = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var plan = new LeaderPlan(claim, topology, source, options, new(graph, options), recruiting, lost, node.Dispatchers, done);
        var door = await node.System.ActorSelection(NodeActor.Path).ResolveOne(TimeSpan.FromSeconds(10));
        var leader = node.System.ActorOf(node.Dispatchers.Link(Props.Create(() => new LeaderActor(plan, door))), $"leader-{claim.Run:x}-{claim.Epoch}");
        await using var stop = options.Stop.Register(() => leader.Tell(StopRun.Instance));
        var outcome = await done.Task;
        node.System.Stop(leader);
        return outcome;
    }

    private static Diagnostic? Refusal(Graph graph, RunOptions options)
    {
        var what = options.Inboxes is not null ? "recording inboxes" : options.Witness is not null || options.Watchers.Count > 0 ? "watching single tokens" : options.Schedule is not null ? "a schedule" : null;
        return what is null ? null : new(
            ClusterCodes.NotOnCluster, SourceSpan.Whole(graph.Name), $"On a cluster there is no {what}.", "Run it in one process: leave --cluster and --processes out.");
    }
}
