using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Evaluations;

/// <summary>The evaluating part of an experiment alone, with saved policies in the learners' place.</summary>
internal static class EvaluationGraph
{
    private const string Weights = "weights";

    /// <summary>The policies the evaluating agents want.</summary>
    public static IEnumerable<PolicySpec> Expected(Graph graph) =>
        Feeds(graph).SelectMany(edge => Delivered(graph, edge)).Select(type => PolicySpec.FromTerm(type["policy"]));

    /// <summary>The graph: evaluation's twins, and one source of weights for each learner they listened to.</summary>
    public static Graph Of(Graph graph, IReadOnlyList<SavedPolicy> policies, long seed, bool greedy)
    {
        var component = SavedWeights.Component(policies.ToDictionary(p => p.Spec.Group, p => p.Parameters));
        var feeds = Feeds(graph).ToArray();
        var sources = feeds.Select(edge => Source(component, Id(edge), Delivered(graph, edge)));
        var twins = graph.Nodes.Where(n => n.Purpose == Purpose.Evaluation).ToArray();
        return graph with
        {
            Seed = seed,
            Nodes = [.. twins, .. sources],
            Edges =
            [
                .. graph.Edges.Where(e => twins.Any(t => t.Id == e.From) && twins.Any(t => t.Id == e.To)),
                .. feeds.Select(e => e with { From = Id(e), Output = Weights, FirstReader = 0, Operators = [] }),
            ],
            Evaluation = graph.Evaluation! with { Greedy = greedy },
        };
    }

    private static IEnumerable<Edge> Feeds(Graph graph) =>
        graph.Edges.Where(e => graph[e.To].Purpose == Purpose.Evaluation && graph[e.From].Purpose == Purpose.Training);

    private static string Id(Edge feed) => $"saved/{feed.From}/{feed.To}";

    private static Values<PortType> Delivered(Graph graph, Edge feed)
    {
        var (from, readers) = (graph[feed.From], graph[feed.To].Instances.Count);
        return Enumerable.Range(0, readers).Select(reader => from.Types[0].Output(feed.Output, feed.FirstReader + reader)).ToValues();
    }

    private static Node Source(Component component, string id, Values<PortType> types) => new()
    {
        Id = id,
        Component = component,
        Options = new NoOptions(),
        Purpose = Purpose.Evaluation,
        Types = [new(new Dictionary<string, Values<PortType>>(), new Dictionary<string, Values<PortType>> { [Weights] = types })],
    };
}
