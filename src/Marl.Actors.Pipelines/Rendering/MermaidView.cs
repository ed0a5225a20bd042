using System.Globalization;
using System.Text;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>The view of <see cref="GraphText.Mermaid"/>. Stages are numbered, so that no name can break the syntax.</summary>
internal static class MermaidView
{
    public static string Of(Graph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        var ids = graph.Nodes.Select((node, i) => (node.Id, Name: $"s{i.ToString(CultureInfo.InvariantCulture)}")).ToDictionary(n => n.Id, n => n.Name);
        foreach (var node in graph.Nodes.Where(n => n.Purpose == Purpose.Training))
        {
            Box(node, ids, text, "  ");
        }

        var twins = graph.Nodes.Where(n => n.Purpose == Purpose.Evaluation).ToList();
        if (twins.Count > 0)
        {
            text.Append("  subgraph evaluation\n");
            twins.ForEach(node => Box(node, ids, text, "    "));
            text.Append("  end\n");
        }

        foreach (var edge in graph.Edges)
        {
            var label = string.Join(" |> ", EdgeNotation.Pipes(edge).Prepend(edge.Output == edge.Input ? edge.Input : $"{edge.Output} to {edge.Input}"));
            text.Append($"  {ids[edge.From]} -->|\"{Escaped(label)}\"| {ids[edge.To]}\n");
        }

        return text.ToString();
    }

    private static void Box(Node node, Dictionary<string, string> ids, StringBuilder text, string indent)
    {
        var lines = new List<string> { Escaped(node.Id), Escaped(node.Component.Id) };
        if (node.Instances.Count > 1)
        {
            lines.Add(Figures.Count(node.Instances.Count, "actor"));
        }

        if (node.Copies > 1)
        {
            lines.Add($"{node.Copies.ToString(CultureInfo.InvariantCulture)} copies");
        }

        if (node.Shards > 1)
        {
            lines.Add($"in {node.Shards.ToString(CultureInfo.InvariantCulture)} shards");
        }

        text.Append($"{indent}{ids[node.Id]}[\"{string.Join("<br/>", lines)}\"]\n");
    }

    /// <summary>Inside a quoted label only these characters mean something to Mermaid.</summary>
    private static string Escaped(string label) =>
        label.Replace("#", "#35;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;").Replace("|", "#124;");
}
