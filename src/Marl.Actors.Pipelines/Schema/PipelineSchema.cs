using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>
/// The JSON Schema of pipeline files, from a catalog: editors complete and explain what pipelines may say, and mark the
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
        var definitions = new JsonObject();
        var stages = new StageSchema(catalog, definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Marl.Actors pipeline",
            ["description"] = "An experiment of multi-agent reinforcement learning: stages and the edges between them.",
            ["type"] = "object",
            ["properties"] = Properties(stages),
            ["required"] = new JsonArray("pipeline", "stages", "stop"),
            ["additionalProperties"] = false,
            ["definitions"] = definitions,
        };
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Properties(StageSchema stages) => new()
    {
        ["pipeline"] = Scalars.Name("The experiment's name; folders of runs begin with it."),
        ["summary"] = Scalars.Text("One sentence on what is learned, and how."),
        ["determinate"] = Scalars.YesOrNo("Whether the file demands that what flows along the edges never depends on timing; the compiler then refuses what would make it so."),
        ["parameters"] = ParameterSchema.Of(),
        ["stages"] = stages.All(),
        ["stop"] = OptionSchema.Of<StopSection>("When the experiment ends."),
        ["evaluate"] = OptionSchema.Of<EvaluateSection>("How policies are measured: in worlds of their own, with pinned weights, without disturbing training."),
        ["checkpoint"] = OptionSchema.Of<CheckpointSection>("How often the whole state is saved, to resume from. A tenth of the run unless given."),
        ["place"] = Scalars.Named("The cluster role of each stage; ignored locally.", Scalars.Text("A cluster role.")),
    };
}
