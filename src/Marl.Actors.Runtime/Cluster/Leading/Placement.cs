using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>A node that may host stages.</summary>
/// <param name="Address">Its Akka address.</param>
/// <param name="Roles">What it offers.</param>
internal sealed record Candidate(string Address, Values<string> Roles);

/// <summary>
/// Which node hosts which stage instance: one with the role that the stage needs. A shard of a world and all that stands in
/// the same shard go to one node; evaluation takes its turn behind them.
/// </summary>
internal static class Placement
{
    /// <summary>Roles that no candidate has.</summary>
    public static Values<string> Missing(Graph graph, IReadOnlyList<Candidate> candidates) =>
        Roles.Of(graph).Where(role => !candidates.Any(c => c.Roles.Contains(role))).ToValues();

    /// <summary>Position of the hosting candidate, by cell. Equal candidates give equal answers.</summary>
    /// <param name="topology">The cells.</param>
    /// <param name="candidates">Who may host; every role is there.</param>
    public static int[] Assign(Topology topology, IReadOnlyList<Candidate> candidates)
    {
        var graph = topology.Graph;
        var owners = new int[topology.Cells.Count];
        foreach (var cell in topology.Cells)
        {
            var able = Enumerable.Range(0, candidates.Count).Where(i => candidates[i].Roles.Contains(Roles.Of(graph, cell.Node))).ToArray();
            owners[cell.Index] = able[Group(graph, cell) % able.Length];
        }

        return owners;
    }

    /// <summary>What stays together has one number: the shard; for evaluation the one behind them, so that it takes turns elsewhere.</summary>
    private static int Group(Graph graph, CellAddress cell) =>
        cell.Node.Purpose == Purpose.Evaluation ? graph.Shards : cell.Node.Shards == 1 ? 0 : cell.Instance / cell.Node.Members.Count;
}
