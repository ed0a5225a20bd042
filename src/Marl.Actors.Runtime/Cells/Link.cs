using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
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
internal sealed record Link(int Id, Edge Edge, CellAddress Producer, CellAddress Consumer, int Output, int Input, int Lane)
{
    /// <summary>Which reader of an output that speaks to each apart.</summary>
    public int Reader { get; } = Edge.FirstReader + Edge.Reader(Producer.Node, Consumer.Node, Producer.Instance, Consumer.Instance);

    /// <summary>Makes the operators, in the state before their Start.</summary>
    public IOperator[] CreateOperators(long seed)
    {
        var key = RandomKey.FromSeed(seed).Derive(Edge.Name).Derive((ulong)Producer.Instance).Derive((ulong)Consumer.Instance);
        var type = Producer.Node.Types[Producer.Instance].Output(Edge.Output, Reader);
        var operators = new IOperator[Edge.Operators.Count];
        for (var i = 0; i < operators.Length; i++)
        {
            var use = Edge.Operators[i];
            operators[i] = use.Component.Create(use.Options, new(key.Derive((ulong)i), type));
            type = use.Component.Type(use.Options, type);
        }

        return operators;
    }
}
