using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>What the compiler predicts of an edge.</summary>
/// <param name="Messages">
/// Messages that reach the reader, over all pairs of instances, per environment step of the producer's clock (one step of
/// one copy).
/// </param>
/// <param name="Bytes">Their payload. A shared message counts once for each reader, as if it crossed a network.</param>
public readonly record struct EdgeTraffic(double Messages, double Bytes)
{
    /// <summary>The prediction for an edge of a graph; null where it depends on the data.</summary>
    public static EdgeTraffic? Of(Graph graph, Edge edge)
    {
        if (edge.Rate is not { } rate)
        {
            return null;
        }

        var (from, to) = (graph[edge.From], graph[edge.To]);
        var tokens = rate.ToDouble();
        foreach (var use in edge.Operators)
        {
            var (tokensOut, tokensIn) = use.Component.Passes(use.Options).Rate;
            tokens *= (double)tokensOut / Math.Max(1, tokensIn);
        }

        var perStep = tokens / Copies(graph, from.Purpose);
        var links = edge.Links(graph).ToList();
        return new(links.Count * perStep, links.Sum(link => edge.TokenBytes[link.Producer] * perStep));
    }

    private static int Copies(Graph graph, Purpose purpose) =>
        graph.Nodes.First(n => n.Component.IsClock && n.Purpose == purpose) is var world ? world.Copies * world.Shards : 1;
}
