using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>Writes edges canonically.</summary>
public static class EdgeText
{
    /// <summary><c>team.rollouts |&gt; by-step |&gt; lag(updates=1)</c></summary>
    public static string Write(SourceDeclaration edge) =>
        string.Concat([$"{edge.Stage}.{edge.Port}", .. edge.Operators.Select(o => $" |> {Write(o)}")]);

    /// <summary>The same edge in canonical spacing; the text as it stands when it is no edge.</summary>
    internal static string Write(ScalarNode node)
    {
        var findings = new Findings("");
        var edge = new EdgeReader(new(new(findings), findings), findings).Read(node);
        return edge is null ? node.Text : Write(edge);
    }

    private static string Write(OperatorCall call) => call.Arguments.Count == 0
        ? call.Name.Value
        : $"{call.Name}({string.Join(", ", call.Arguments.Select(a => $"{a.Name}={Write(a.Value)}"))})";

    private static string Write(SettingValue value) => value.Parameter is { } parameter ? $"${parameter}" : value.Scalars[0].Value;
}
