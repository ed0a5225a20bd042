using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Tests.Rehearsing;

/// <summary>
/// The rules of a bounded run, written down as plainly as can be: one firing after the other, drawn at random among those that
/// may happen. What the rehearsal says is held against it.
/// </summary>
internal static class NaiveRun
{
    /// <summary>Whether the clock gets through so many iterations with these capacities.</summary>
    public static bool GoesOn(Graph graph, IReadOnlyList<int?> capacities, int iterations, Random random)
    {
        var tokens = graph.Edges.Select(e => e.Operators.Sum(o => (long)o.Component.Passes(o.Options).Start)).ToArray();
        var actors = graph.Nodes.Select(n => new Actor(n, graph)).ToArray();
        foreach (var actor in actors)
        {
            actor.Left = actor.Node.Rate!.Value.Numerator * (graph.Iteration / actor.Node.Rate.Value.Denominator) * iterations;
        }

        while (actors.Where(a => a.Left > 0 && a.MayFire(tokens, capacities)).ToArray() is { Length: > 0 } able)
        {
            able[random.Next(able.Length)].Fire(tokens);
        }

        return actors.Where(a => a.Node.Component.IsClock).All(a => a.Left == 0);
    }

    private sealed class Actor(Node node, Graph graph)
    {
        private readonly (int Edge, int Port)[] inputs = Ports(graph, e => e.To == node.Id, e => node.Component.InputIndex(e.Input));
        private readonly (int Edge, int Port)[] outputs = Ports(graph, e => e.From == node.Id, e => node.Component.OutputIndex(e.Output));
        private int beat;
        private long done;
        private long round; // of the beats that take turns

        public Node Node => node;

        /// <summary>Cycles it may still do.</summary>
        public long Left { get; set; }

        private Beat Beat => node.Rhythm!.Cycle[beat];

        public bool MayFire(long[] tokens, IReadOnlyList<int?> capacities) =>
            inputs.All(i => tokens[i.Edge] >= Beat.Taken[i.Port]) && outputs.All(o => tokens[o.Edge] + Beat.Sent[o.Port] <= capacities[o.Edge] || Beat.Sent[o.Port] == 0);

        public void Fire(long[] tokens)
        {
            foreach (var (edge, port) in inputs)
            {
                tokens[edge] -= Beat.Taken[port];
            }

            foreach (var (edge, port) in outputs)
            {
                tokens[edge] += Beat.Sent[port]!.Value;
            }

            if (++done < (Beat.Group == 0 ? Beat.Repeat : 1))
            {
                return;
            }

            done = 0;
            var cycle = node.Rhythm!.Cycle;
            var isLast = beat + 1 == cycle.Count || cycle[beat + 1].Group != Beat.Group;
            if (Beat.Group > 0 && isLast && ++round < Beat.Repeat)
            {
                beat = cycle.Index().First(b => b.Item.Group == Beat.Group).Index;
                return;
            }

            round = isLast ? 0 : round;
            beat = (beat + 1) % cycle.Count;
            Left -= beat == 0 ? 1 : 0;
        }

        private static (int Edge, int Port)[] Ports(Graph graph, Func<Edge, bool> isMine, Func<Edge, int> port) =>
            [.. graph.Edges.Index().Where(e => isMine(e.Item)).Select(e => (e.Index, port(e.Item)))];
    }
}
