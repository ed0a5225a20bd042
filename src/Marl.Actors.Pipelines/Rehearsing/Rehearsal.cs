using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>
/// Executes a compiled graph with numbers of tokens only, before anything runs: finds standstills, and the least capacity of
/// every edge. Training first; then evaluation's stages, with what they hear from training given as they ask for it.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Numbers of repetitions to try where only the data knows: what holds for both is taken to hold for all.</summary>
    private static readonly long[] Samples = [1, 4];

    /// <summary>The graph with least capacities, and with no capacity below them.</summary>
    /// <param name="graph">The graph, every stage with its rhythm.</param>
    /// <param name="where">The place for what concerns the whole.</param>
    /// <param name="found">Standstills are errors; a graph too long to be rehearsed gets a warning.</param>
    public static Graph Of(Graph graph, SourceSpan where, out Values<Diagnostic> found)
    {
        var diagnostics = new List<Diagnostic>();
        var least = new Dictionary<Edge, long?>(ReferenceEqualityComparer.Instance);
        foreach (var purpose in graph.Nodes.Select(n => n.Purpose).Distinct())
        {
            var varies = graph.Nodes.Any(n => n.Purpose == purpose && n.Rhythm!.Opening.Concat(n.Rhythm.Cycle).Any(b => b.Repeat is null));
            foreach (var sample in varies ? Samples : [1])
            {
                if (diagnostics.All(d => d.Severity != Severity.Error))
                {
                    Rehearse(graph, purpose, sample, where, least, diagnostics);
                }
            }
        }

        found = diagnostics.ToValues();
        return graph with { Edges = graph.Edges.Select(e => With(e, least.GetValueOrDefault(e))).ToValues() };
    }

    private static void Rehearse(
        Graph graph, Purpose purpose, long sample, SourceSpan where, Dictionary<Edge, long?> least, List<Diagnostic> diagnostics)
    {
        var ensemble = new Ensemble(graph, purpose, sample);
        var conductor = new Conductor(ensemble, graph, purpose);
        var ending = conductor.Run(null);
        if (ending == Ending.Dead)
        {
            diagnostics.AddRange(Standstill.Explain(conductor.Dead, ensemble));
            return;
        }

        var capacities = new LeastCapacities(ensemble, conductor);
        if (ending != Ending.Alive || !capacities.Find())
        {
            diagnostics.Add(new(
                CheckCodes.TooLong,
                where,
                $"One iteration of {Binding.Words.Of(purpose)} is too long to be tried out: nobody knows whether it comes to a standstill, or how much room its edges need.",
                "Choose rollout lengths and 'every' counts with a small common multiple.",
                Severity.Warning));
            return;
        }

        foreach (var channel in ensemble.Channels)
        {
            var found = capacities.Of(channel);
            least[channel.Edge] = least.TryGetValue(channel.Edge, out var other) && other != found ? null : found;
        }
    }

    private static Edge With(Edge edge, long? least) => least is { } needed && Math.Min(needed, int.MaxValue / 2) is var room
        ? edge with { LeastCapacity = (int)room, Capacity = Math.Max(edge.Capacity, (int)room) }
        : edge;
}
