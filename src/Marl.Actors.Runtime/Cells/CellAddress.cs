using Marl.Actors.Core.Randomness;
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
    public IStage CreateStage(Graph graph) => Node.Component.Create(Node.Options, new()
    {
        Stage = Node.Id,
        Instance = Instance,
        InstanceName = Node.Instances[Instance],
        Instances = Node.Instances.Count,
        Copies = Node.Copies,
        Key = RandomKey.FromSeed(graph.Seed).Derive(Node.Id).Derive((ulong)Instance),
        Purpose = Node.Purpose,
        Iteration = graph.Iteration,
        VectorSteps = graph.VectorSteps,
        Greedy = Node.Purpose == Purpose.Evaluation && graph.Evaluation is { Greedy: true },
        Types = Node.Types[Instance],
    });
}
