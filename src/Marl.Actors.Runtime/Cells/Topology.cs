using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cells;

/// <summary>A graph spread out: every instance of every stage, and every pair of them that communicates.</summary>
internal sealed class Topology
{
    private Topology(Graph graph, IReadOnlyList<CellAddress> cells, IReadOnlyList<Link> links)
    {
        Graph = graph;
        Cells = cells;
        Links = links;
    }

    public Graph Graph { get; }

    public IReadOnlyList<CellAddress> Cells { get; }

    public IReadOnlyList<Link> Links { get; }

    /// <summary>Lanes of each input port of a cell: one a producer, or one for all where tokens are taken as they come.</summary>
    public Values<int> Lanes(CellAddress cell) => cell.Node.Component.Inputs
        .Select((_, port) => Links.Where(l => l.Consumer == cell && l.Input == port).Select(l => l.Lane + 1).DefaultIfEmpty().Max())
        .ToValues();

    public static Topology Of(Graph graph)
    {
        var cells = new List<CellAddress>();
        foreach (var node in graph.Nodes)
        {
            for (var instance = 0; instance < node.Instances.Count; instance++)
            {
                cells.Add(new(cells.Count, node, instance));
            }
        }

        var byPlace = cells.ToDictionary(c => (c.Node.Id, c.Instance));
        var links = new List<Link>();
        foreach (var edge in graph.Edges)
        {
            var (from, to) = (graph[edge.From], graph[edge.To]);
            var pairs = edge.Links(graph).ToList();
            foreach (var (producer, consumer) in pairs)
            {
                var position = pairs.Where(p => p.Consumer == consumer).ToList().FindIndex(p => p.Producer == producer);
                links.Add(new(
                    links.Count,
                    edge,
                    byPlace[(from.Id, producer)],
                    byPlace[(to.Id, consumer)],
                    from.Component.OutputIndex(edge.Output),
                    to.Component.InputIndex(edge.Input),
                    edge.Merge == Merge.AsItComes ? 0 : edge.FirstPeer + position));
            }
        }

        return new(graph, cells, links);
    }
}
