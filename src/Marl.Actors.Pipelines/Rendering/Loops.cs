using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>The loops of a graph, each by who opens it.</summary>
internal static class Loops
{
    /// <summary>For every stage that speaks first and every edge with initial tokens: a shortest loop through what it says, if there is one.</summary>
    public static IEnumerable<(string Opener, IReadOnlyList<string> Stages)> Of(Graph graph)
    {
        foreach (var node in graph.Nodes.Where(n => n.Rhythm is { SpeaksFirst: true }))
        {
            var said = graph.Edges.Where(e => e.From == node.Id && node.Rhythm!.Start[node.Component.OutputIndex(e.Output)] > 0);
            if (said.Select(e => StageGraph.ShortestLoop(e, graph.Edges, Ends)).Where(l => l.Count > 0).MinBy(l => l.Count) is { } loop)
            {
                yield return (node.Id, Stages(loop));
            }
        }

        foreach (var edge in graph.Edges)
        {
            if (edge.Operators.FirstOrDefault(o => o.Component.Passes(o.Options).Start > 0) is { } opener
                && StageGraph.ShortestLoop(edge, graph.Edges, Ends) is { Count: > 0 } loop)
            {
                yield return (EdgeNotation.Operator(opener), Stages(loop));
            }
        }
    }

    private static (string From, string To) Ends(Edge edge) => (edge.From, edge.To);

    private static IReadOnlyList<string> Stages(IReadOnlyList<Edge> loop) => [.. loop.Select(e => e.From), loop[0].From];
}
