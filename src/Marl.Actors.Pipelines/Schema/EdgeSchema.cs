using System.Text.Json.Nodes;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schema of edges: <c>stage.port |&gt; operator(name=value)</c> as a pattern with the catalog's operators.</summary>
internal static class EdgeSchema
{
    /// <summary>The name of the definition that the others refer to.</summary>
    public const string Name = "edge";

    private const string Value = @"[^\s,()=|]+";

    /// <summary>The definition.</summary>
    public static JsonObject Definition(ComponentCatalog catalog)
    {
        var words = MergeWords.All.Select(w => w.Id).Concat(catalog.Operators.Values.Select(Call));
        var call = $@"\s*\|>\s*({string.Join('|', words)})\s*";
        return new()
        {
            ["type"] = "string",
            ["pattern"] = $@"^\s*{Scalars.NamePattern}\.{Scalars.NamePattern}\s*({call})*$",
            ["patternErrorMessage"] = $"An edge is 'stage.port', or 'stage.port |> operator(name=value)' with the operators {string.Join(", ", Names(catalog))}.",
        };
    }

    /// <summary>An input port.</summary>
    public static JsonObject Of(InputPort port)
    {
        var help = $"{port.Help} Takes {port.Kind}{(port.Required ? "" : "; may be left open")}.";
        return port.Many ? Several(help) : Fed(help, isSingle: true);
    }

    /// <summary>One edge, or a list of edges that meet.</summary>
    public static JsonObject Several(string description) => Fed(description, isSingle: false);

    /// <summary>One edge.</summary>
    public static JsonObject Single(string description) => new() { ["description"] = description, ["allOf"] = new JsonArray(Edge()) };

    private static JsonObject Edge() => new() { ["$ref"] = $"#/definitions/{Name}" };

    /// <summary>One edge; as a list too, which is then of one.</summary>
    private static JsonObject Fed(string description, bool isSingle)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Edge() };
        if (isSingle)
        {
            list["maxItems"] = 1;
        }

        return new() { ["description"] = description, ["anyOf"] = new JsonArray(Edge(), list) };
    }

    private static IEnumerable<string> Names(ComponentCatalog catalog) => MergeWords.All.Select(w => w.Id).Concat(catalog.Operators.Keys);

    private static string Call(OperatorComponent component)
    {
        if (component.Options.Options.Count == 0)
        {
            return component.Id + @"(\s*\(\s*\))?";
        }

        var argument = $@"({string.Join('|', component.Options.Options.Select(o => o.Name))})\s*=\s*{Value}";
        var arguments = $@"\(\s*{argument}(\s*,\s*{argument})*\s*\)";
        return component.Options.Options.Any(o => o.IsRequired) ? $@"{component.Id}\s*{arguments}" : $@"{component.Id}(\s*({arguments}|\(\s*\)))?";
    }
}
