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
}

/// <summary>What an edge becomes between one producing and one consuming instance.</summary>
/// <param name="Id">Position among all links of the graph.</param>
/// <param name="Edge">The edge it belongs to.</param>
/// <param name="Producer">Who sends.</param>
/// <param name="Consumer">Who receives.</param>
/// <param name="Output">Output port index at the producer.</param>
/// <param name="Input">Input port index at the consumer.</param>
/// <param name="Lane">Which lane of the input: the producer's position among those that feed it.</param>
internal sealed record Link(int Id, Edge Edge, CellAddress Producer, CellAddress Consumer, int Output, int Input, int Lane);
