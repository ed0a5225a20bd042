using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>What an edge becomes between one producing and one consuming instance.</summary>
/// <param name="Id">Position among all links of the graph.</param>
/// <param name="Edge">The edge it belongs to.</param>
/// <param name="Producer">Who sends.</param>
/// <param name="Consumer">Who receives.</param>
/// <param name="Output">Output port index at the producer.</param>
/// <param name="Input">Input port index at the consumer.</param>
/// <param name="Lane">Which lane of the input: the producer's position among those that feed it.</param>
internal sealed record Link(int Id, Edge Edge, CellAddress Producer, CellAddress Consumer, int Output, int Input, int Lane);
