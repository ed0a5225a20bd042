using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>
/// What one stage instance is made from, as text: all that its answers to an inbox may depend on, apart from its code. A
/// recording holds it, so that it is never replayed by another stage.
/// </summary>
internal static class StageFacts
{
    private const string Nothing = "nothing";

    /// <summary>A line a fact.</summary>
    public static string Of(CellAddress cell, Graph graph)
    {
        var node = cell.Node;
        var options = node.Component.Options.Read(node.Options);
        IEnumerable<string> lines =
        [
            $"component: {node.Component.Id}",
            $"seed: {graph.Seed}",
            $"instance: {cell.Instance} of {string.Join(", ", node.Instances)}",
            $"copies: {node.Copies}",
            $"purpose: {OptionText.Kebab(node.Purpose.ToString())}",
            $"greedy: {OptionText.Write(node.Purpose == Purpose.Evaluation && graph.Evaluation is { Greedy: true })}",
            $"vector steps: {graph.VectorSteps}, {graph.Iteration} an iteration",
            .. node.Component.Options.Options.Select(o => $"{o.Name}: {OptionText.Write(options[o.Name])}"),
            .. Ports("input", node.Types[cell.Instance].Inputs),
            .. Ports("output", node.Types[cell.Instance].Outputs),
        ];
        return string.Join('\n', lines.Select(line => line.ReplaceLineEndings(" ")));
    }

    /// <summary>The first fact in which two differ, as "… there and … here"; null when they are the same.</summary>
    public static string? Difference(string recorded, string here)
    {
        var (there, now) = (recorded.Split('\n'), here.Split('\n'));
        var first = there.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return recorded == here ? null : $"'{there.ElementAtOrDefault(first) ?? Nothing}' there and '{now.ElementAtOrDefault(first) ?? Nothing}' here";
    }

    private static IEnumerable<string> Ports(string direction, IReadOnlyDictionary<string, Values<PortType>> ports) =>
        ports.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{direction} {p.Key}: {string.Join("; ", p.Value)}");
}
