using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>One instance of one stage.</summary>
/// <param name="Index">Position among all cells of the graph.</param>
/// <param name="Node">The stage.</param>
/// <param name="Instance">Which instance, from 0.</param>
internal sealed record CellAddress(int Index, Node Node, int Instance)
{
    /// <summary><c>team/agent-0</c>, or <c>learner</c> for a single instance.</summary>
    public string Name => Node.Instances[Instance].Length == 0 ? Node.Id : $"{Node.Id}/{Node.Instances[Instance]}";

    /// <summary>Makes the stage, in the state before its Start.</summary>
    public IStage CreateStage(Graph graph)
    {
        var members = Node.Members;
        var (shard, member) = Math.DivRem(Instance, members.Count);
        var place = Node.Purpose == Purpose.Evaluation ? ShardPlace.Only : new(graph.Shards, Node.Shards == graph.Shards ? shard : null);
        var key = RandomKey.FromSeed(graph.Seed).Derive(Node.Id);
        return Node.Component.Create(Node.Options, new()
        {
            Stage = Node.Id,
            Instance = member,
            Names = members,
            Shard = place,
            LaneShards = place.Index is null ? LaneShards(graph) : new Dictionary<string, Values<int>>(),
            Copies = Node.Copies,
            Key = key.Derive((ulong)Instance),
            CommonKey = key.Derive((ulong)member),
            Purpose = Node.Purpose,
            Iteration = graph.Iteration,
            VectorSteps = graph.VectorSteps,
            Passes = Node.Purpose == Purpose.Evaluation ? graph.Passes : long.MaxValue,
            Greedy = Node.Purpose == Purpose.Evaluation && graph.Evaluation is { Greedy: true },
            Types = Node.Types[Instance],
        });
    }

    /// <summary>In the order of the lanes: edges follow each other on a port as their first peers do.</summary>
    private Dictionary<string, Values<int>> LaneShards(Graph graph) => graph.Edges
        .Where(e => e.To == Node.Id)
        .GroupBy(e => e.Input)
        .ToDictionary(port => port.Key, port => port.OrderBy(e => e.FirstPeer).SelectMany(Shards(graph)).ToValues());

    private Func<Edge, IEnumerable<int>> Shards(Graph graph) => edge => graph[edge.From] is var from
        ? edge.Links(graph).Where(l => l.Consumer == Instance).Select(l => from.Shards == 1 ? 0 : l.Producer / from.Members.Count)
        : [];
}
