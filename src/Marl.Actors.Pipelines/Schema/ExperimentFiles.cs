using System.Text.Json.Nodes;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schemas of pipelines and parts, told apart by their first key.</summary>
internal static class ExperimentFiles
{
    private const string SummaryHelp = "One sentence on what is learned, and how.";

    /// <summary>A pipeline.</summary>
    public static JsonObject Pipeline() => Of(
        "pipeline",
        "An experiment: stages, the edges between them, and when it ends.",
        new()
        {
            ["pipeline"] = Scalars.Name("The experiment's name; folders of runs begin with it."),
            ["summary"] = Scalars.Text(SummaryHelp),
            ["determinate"] = Scalars.YesOrNo("Whether the file demands that what flows along the edges never depends on timing; the compiler then refuses what would make it so."),
            ["durable"] = Scalars.YesOrNo("Whether no version of a policy may be acted with, measured or reported before it is saved; every iteration is saved then, whatever 'checkpoint' says."),
            ["parameters"] = ParameterSchema.Of("What the command line may change: marl run FILE --set name=value. Use one as $name, in place of a whole value.", needsDefault: true),
            ["stages"] = Stages(),
            ["stop"] = OptionSchema.Of<StopSection>("When the experiment ends."),
            ["evaluate"] = OptionSchema.Of<EvaluateSection>("How policies are measured: in worlds of their own, with pinned weights, without disturbing training."),
            ["checkpoint"] = OptionSchema.Of<CheckpointSection>("How often the whole state is saved, to resume from; a tenth of the run unless given."),
            ["place"] = Scalars.Named("The cluster role of each stage; ignored locally.", Scalars.Text("A cluster role.")),
        },
        "stages",
        "stop");

    /// <summary>A part.</summary>
    public static JsonObject Part() => Of(
        "part",
        "A sub-graph that pipelines use by its path: 'uses: ./parts/name.yaml'.",
        new()
        {
            ["part"] = Scalars.Name("The part's name."),
            ["summary"] = Scalars.Text(SummaryHelp),
            ["parameters"] = ParameterSchema.Of("What whoever uses the part gives it under 'with:'; without a default it must be given.", needsDefault: false),
            ["in"] = Scalars.Named("What comes from outside: the stages read it as in.name.", Input()),
            ["out"] = Scalars.Named("What goes outside, and where it comes from.", EdgeSchema.Single("Where the output comes from.")),
            ["stages"] = Stages(),
        });

    /// <summary>A kind of file, told by its first key.</summary>
    public static JsonObject Of(string key, string description, JsonObject properties, params string[] required) => new()
    {
        ["title"] = key,
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([key, .. required.Select(name => JsonValue.Create(name))]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Stages() => new() { ["$ref"] = $"#/definitions/{StageSchema.Name}" };

    private static JsonObject Input() => new()
    {
        ["description"] = "An input: { kind: steps }, or {} for whatever the ports inside take.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["kind"] = Scalars.Text("The kind of message it takes."),
            ["required"] = Scalars.YesOrNo("Whether the part needs it; true unless given."),
        },
        ["additionalProperties"] = false,
    };
}
