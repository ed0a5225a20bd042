using System.Text.Json.Nodes;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schema of edges: <c>stage.port |&gt; operator(name=value)</c> as a pattern with the catalog's operators.</summary>
internal sealed class EdgeSchema
{
    private const string Definition = "edge";
    private const string Value = @"[^\s,()=|]+";

    public EdgeSchema(ComponentCatalog catalog, JsonObject definitions)
    {
        var words = MergeWords.All.Select(w => w.Id).Concat(catalog.Operators.Values.Select(Call));
        var call = $@"\s*\|>\s*({string.Join('|', words)})\s*";
        definitions[Definition] = new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = $@"^\s*{Scalars.NamePattern}\.{Scalars.NamePattern}\s*({call})*$",
            ["patternErrorMessage"] = $"An edge is 'stage.port', or 'stage.port |> operator(name=value)' with the operators {string.Join(", ", Names(catalog))}.",
        };
    }

    /// <summary>An input port: one edge, or a list where several may meet.</summary>
    public JsonObject Of(InputPort port)
    {
        var edge = new JsonObject { ["$ref"] = $"#/definitions/{Definition}" };
        var list = new JsonObject { ["type"] = "array", ["items"] = edge.DeepClone() };
        if (!port.Many)
        {
            list["maxItems"] = 1;
        }

        return new()
        {
            ["description"] = $"{port.Help} Takes {port.Kind}{(port.Required ? "" : "; may be left open")}.",
            ["anyOf"] = new JsonArray(edge, list),
        };
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
