using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>Edges as text, in the syntax of pipeline files.</summary>
internal static class EdgeNotation
{
    /// <summary><c>by-step</c>, <c>lag(updates=1)</c>, …: merge and operators in order.</summary>
    public static IEnumerable<string> Pipes(Edge edge)
    {
        if (edge.Merge != Merge.Single)
        {
            yield return OptionText.Kebab(edge.Merge.ToString());
        }

        foreach (var use in edge.Operators)
        {
            yield return Operator(use);
        }
    }

    /// <summary><c>team.rollouts |&gt; by-step</c>.</summary>
    public static string Source(Edge edge) => string.Join(" |> ", Pipes(edge).Prepend($"{edge.From}.{edge.Output}"));

    /// <summary><c>lag(updates=1)</c>, every argument written out.</summary>
    public static string Operator(OperatorUse use)
    {
        var values = use.Component.Options.Read(use.Options);
        var arguments = use.Component.Options.Options.Select(o => $"{o.Name}={OptionText.Write(values[o.Name])}").ToList();
        return arguments.Count == 0 ? use.Component.Id : $"{use.Component.Id}({string.Join(", ", arguments)})";
    }

    /// <summary>The types that arrive behind the operators, each once.</summary>
    public static string Types(Graph graph, Edge edge)
    {
        var (from, to) = (graph[edge.From], graph[edge.To]);
        var types = edge.Links(graph)
            .GroupBy(link => link.Consumer)
            .SelectMany(links => links.Select((_, position) => Type(to.Types[links.Key].Input(edge.Input, Peer(edge, position)))))
            .Distinct().ToList();
        return types.Count <= 2 ? string.Join(" or ", types) : $"{types[0]} and {types.Count - 1} more";
    }

    private static int Peer(Edge edge, int position) => edge.Merge == Merge.AsItComes ? 0 : edge.FirstPeer + position;

    private static string Type(PortType type) => type.Fields.Count == 0
        ? type.Kind
        : $"{type.Kind}({string.Join(", ", type.Fields.Select(Field))})";

    private static string Field(TypeField field) => field.Term switch
    {
        Constant { Value: true } => field.Name,
        Constant { Value: false } => $"no {field.Name}",
        Compound c when c.Name == field.Name => c.ToString(),
        _ => $"{field.Name} {field.Term}",
    };
}
