using System.Globalization;
using System.Text;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>The view of <see cref="GraphText.Arrows"/>: a head, the loops, then a block for each stage.</summary>
internal static class ArrowView
{
    public static string Of(Graph graph)
    {
        var text = new StringBuilder();
        Head(graph, text);
        var looped = StageGraph.OnLoops(graph.Edges, e => (e.From, e.To));
        foreach (var node in graph.Nodes)
        {
            Stage(graph, node, looped, text);
        }

        return text.ToString();
    }

    private static void Head(Graph graph, StringBuilder text)
    {
        var actors = graph.Nodes.Sum(n => n.Instances.Count);
        Line(text, $"{graph.Name}   {Figures.Count(graph.Nodes.Count, "stage")} ({Figures.Count(actors, "actor")})   {Figures.Count(graph.Edges.Count, "edge")}   seed {graph.Seed}");
        if (graph.Summary.Length > 0)
        {
            Line(text, graph.Summary);
        }

        var iteration = (long)graph.Iteration * graph.Copies;
        Line(text, "");
        Line(text, graph.IsDeterminate ? "determinate" : "not determinate: " + string.Join(", ", graph.IndeterminateMerges));
        Line(text, $"iteration   {Figures.Count(graph.Iteration, "vector step")}, {Figures.Count(iteration, "environment step")}");
        Line(text, $"stop        {Figures.Count(graph.StopSteps, "environment step")}, {Figures.Count(graph.StopSteps / iteration, "iteration")}");
        Line(text, $"checkpoint  every {Figures.Count(graph.CheckpointSteps, "environment step")}");
        if (graph.IsDurable)
        {
            Line(text, "durable     nothing learned is used or reported before it is saved");
        }

        if (graph.Evaluation is { } rule)
        {
            var convention = rule.Convention switch
            {
                ReturnConvention.TeamSum => $"sum over {rule.Of?.Name ?? "agents"}",
                ReturnConvention.PerAgent => $"mean over {rule.Of?.Name ?? "agents"}",
                _ => "share of successes",
            };
            Line(text, $"evaluate    every {Figures.Count(rule.EverySteps, "environment step")}, {Figures.Count(rule.Episodes, "episode")}, {(rule.Greedy ? "likeliest" : "sampled")} actions, {convention}");
        }

        foreach (var (stage, role) in graph.Placement)
        {
            Line(text, $"place       {stage} on {role}");
        }

        foreach (var (opener, loop) in Loops.Of(graph))
        {
            Line(text, $"loop        {string.Join(" → ", loop)}, opened by {opener}");
        }
    }

    private static void Stage(Graph graph, Node node, IReadOnlySet<Edge> looped, StringBuilder text)
    {
        var facts = new List<string> { $"{node.Id} ×{node.Instances.Count}", node.Component.Id };
        if (node.Each is { } each)
        {
            facts.Add($"each {each}");
        }

        if (node.Component.AllowsCopies)
        {
            facts.Add((node.Copies == 1 ? "1 copy" : $"{node.Copies} copies") + (node.Shards > 1 ? $" in each of {node.Shards} shards" : ""));
        }
        else if (node.Shards > 1)
        {
            facts.Add($"in {node.Shards} shards");
        }

        if (node.Rate is { } rate && rate != new Fraction(1))
        {
            facts.Add($"{rate} cycles a {(graph.Nodes.Any(n => n.Purpose == node.Purpose && n.Component.IsClock && n.Rhythm is { Varies: true }) ? "pass" : "vector step")}");
        }

        facts.AddRange(node.Settings().Select(s => $"{s.Name}={s.Value}"));
        Line(text, "");
        Line(text, string.Join("   ", facts));

        var rows = graph.Edges.Where(e => e.To == node.Id).Select(e => Row(graph, e, looped.Contains(e))).ToList();
        foreach (var row in rows)
        {
            var cells = row.Take(row.Length - 1)
                .Select((cell, column) => cell.PadRight(rows.Max(r => r[column].Length)))
                .Where(cell => cell.Length > 0);
            Line(text, "   ← " + string.Join("   ", cells.Append(row[^1])));
        }
    }

    private static string[] Row(Graph graph, Edge edge, bool isOnLoop)
    {
        var traffic = EdgeTraffic.Of(graph, edge);
        return
        [
            edge.Input,
            EdgeNotation.Source(edge),
            traffic is null ? "messages vary" : $"{Figures.Number(traffic.Value.Messages)} messages",
            traffic is null ? "" : $"{Figures.Bytes(traffic.Value.Bytes)} a step",
            isOnLoop && edge.LeastCapacity is { } least ? $"room ≥ {least.ToString(CultureInfo.InvariantCulture)}" : "",
            EdgeNotation.Types(graph, edge),
        ];
    }

    private static void Line(StringBuilder text, FormattableString line) => Line(text, line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
