using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>
/// The JSON Schema of pipelines and of the files that go with them, from a catalog: editors complete and explain what pipelines may say, and mark the
/// mistakes that show without the rest of the graph. What the compiler accepts, the schema accepts.
/// </summary>
/// <remarks>
/// Draft-07, and of that only what draft-04 has too: the YAML language server supports "JSON Schema 7 and below", other
/// editors and validators less. So components are told apart by <c>anyOf</c> with a single word in <c>uses</c>, not by
/// <c>if</c> and <c>const</c>.
/// </remarks>
public static class PipelineSchema
{
    /// <summary>The file's name; a new version of the language would get a new name.</summary>
    public const string FileName = "pipeline.v1.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text with LF line ends, the same for the same catalog.</summary>
    /// <param name="catalog">What pipelines may name: the built-in components, and a program's own.</param>
    public static string Write(ComponentCatalog catalog)
    {
        var definitions = new JsonObject { [EdgeSchema.Name] = EdgeSchema.Definition(catalog) };
        definitions[StageSchema.Name] = new StageSchema(catalog, definitions).All();
        var kinds = new[] { ExperimentFiles.Pipeline(), ExperimentFiles.Part(), CampaignFiles.Sweep(), CampaignFiles.Bars(), CampaignFiles.Faults() };
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Marl.Actors",
            ["description"] = "Experiments of multi-agent reinforcement learning: pipelines, and the files that go with them.",
            ["type"] = "object",
            ["anyOf"] = new JsonArray([.. kinds]),
            ["definitions"] = definitions,
        };
        return schema.ToJsonString(Layout) + "\n";
    }
}
