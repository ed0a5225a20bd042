using System.Text.Json.Nodes;
using Marl.Actors.Core.Options;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Schema;

/// <summary>The schemas of sweeps, bars and fault plans.</summary>
internal static class CampaignFiles
{
    private static readonly JsonArray Seeded = ["string", "integer", "array"];

    /// <summary>A sweep.</summary>
    public static JsonObject Sweep() => ExperimentFiles.Of(
        "sweep",
        "Runs of one pipeline under many parameters.",
        Each(SweepKeys.TopLevel, key => key switch
        {
            "sweep" => Scalars.Name("The sweep's name."),
            "of" => Scalars.Text("The pipeline's file, relative to this one."),
            "seeds" => Seeds(),
            "steps" => Scalars.Whole("Environment steps of each run; what the pipeline says unless given.", 1),
            "grid" => Scalars.Named("Parameters and the values they take, each with each.", List("The values of a parameter, every one tried.")),
            "sample" => Sample(),
            _ => Scalars.Text("One sentence."),
        }),
        "of");

    /// <summary>A list of bars.</summary>
    public static JsonObject Bars() => ExperimentFiles.Of("bars", "What pipelines must learn, and how that is measured.", new()
    {
        ["bars"] = new JsonObject
        {
            ["description"] = "One entry for each bar.",
            ["type"] = "array",
            ["items"] = Entry(BarReader.Required, Each(PipelineKeys.Bar, key => key switch
            {
                "pipeline" => Scalars.Text("The pipeline's file, relative to this one."),
                "set" => Scalars.Named("Values of the pipeline's parameters, in place of their defaults.", Scalars.Text("The parameter's value.")),
                "seeds" => Seeds(),
                "steps" => Scalars.Whole("Environment steps of each run; what the pipeline says unless given.", 1),
                "at" => Scalars.Whole("The evaluation that counts: the first after so many steps. The last unless given.", 1),
                "measure" => Word<Measure>("What a seed's figure is: the mean return of an evaluation unless given, or of the average of a league's past selves the exploitability, or the distance from the equilibrium of a matrix game: the greatest difference of an action's probability."),
                "statistic" => Word<Statistic>("What is made of the seeds' figures."),
                "atLeast" => Scalars.Number("The least figure that passes."),
                "atMost" => Scalars.Number("The greatest figure that passes: what a method can't exceed."),
                "random" => Scalars.Number("The figure of random actions."),
                "optimum" => Scalars.Number("The best figure there is."),
                "source" => Scalars.Text("Where the figures come from."),
                _ => Word<Tier>("short bars run in every test run, full ones on demand."),
            })),
        },
    });

    /// <summary>A fault plan.</summary>
    public static JsonObject Faults() => ExperimentFiles.Of("faults", "What a simulated network and simulated machines do to a run.", new()
    {
        ["faults"] = new JsonObject
        {
            ["description"] = "One entry for each fault of an edge, or crash of a stage.",
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["anyOf"] = new JsonArray(
                    Entry(["kind", "edge"], Each(FaultReader.Keys, key => key switch
                    {
                        "kind" => Word<FaultKind>("What happens to a token."),
                        "edge" => Scalars.Text("The edge, as marl show writes it: team.rollouts -> learner.rollouts; * for all."),
                        "by" => Scalars.Whole("Transmissions by which a delay lets others overtake.", 1),
                        _ => Chance(key),
                    })),
                    Entry(["crash"], Each(FaultReader.CrashKeys, key => key == "crash" ? Scalars.Text("The stage that crashes and starts again; * for all.") : Chance(key)))),
            },
        },
        ["save"] = new JsonObject { ["description"] = "When stages are saved: each-update, never, or after so many firings.", ["type"] = new JsonArray("string", "integer") },
    });

    private static JsonObject Each(IEnumerable<string> keys, Func<string, JsonObject> schema)
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            properties[key] = schema(key);
        }

        return properties;
    }

    private static JsonObject Entry(IEnumerable<string> required, JsonObject properties)
    {
        var entry = new JsonObject { ["type"] = "object", ["properties"] = properties };
        OptionSchema.Require(entry, required);
        entry["additionalProperties"] = false;
        return entry;
    }

    private static JsonObject Sample()
    {
        var distribution = new JsonObject
        {
            ["description"] = "How values are drawn: { uniform: 0.1..0.3 }",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [Kebab(Distribution.Uniform)] = Range("Each value of the range is equally likely."),
                [Kebab(Distribution.LogUniform)] = Range("The logarithm is uniform."),
                [Kebab(Distribution.Choice)] = List("Each value of the list is equally likely."),
            },
            ["additionalProperties"] = false,
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
        };
        return new()
        {
            ["description"] = "Parameters whose values are drawn, all of them anew in each trial.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["trials"] = Scalars.Whole("How many times values are drawn.", 1),
                ["seed"] = Scalars.Whole("The seed of the draws; 1 unless given.", 0),
            },
            ["required"] = new JsonArray("trials"),
            ["additionalProperties"] = distribution,
        };
    }

    private static JsonObject Chance(string key) => key == "probability"
        ? Scalars.Number("How likely it is each time.")
        : new()
        {
            ["description"] = "The times it happens for certain: [3] is the third.",
            ["type"] = new JsonArray("array", "integer", "string"),
            ["items"] = new JsonObject { ["type"] = new JsonArray("integer", "string") },
        };

    private static JsonObject Seeds() => new()
    {
        ["description"] = "The seeds of the runs: 1..3, or a list.",
        ["type"] = Seeded.DeepClone(),
        ["items"] = new JsonObject { ["type"] = new JsonArray("integer", "string") },
    };

    private static JsonObject List(string description) => new()
    {
        ["description"] = description,
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = Scalars.AnyType },
        ["minItems"] = 1,
    };

    private static JsonObject Range(string description) => Scalars.Pattern(description, ["string"], @"^.+\.\..+$", "Write least..greatest, as in 0.1..0.3.");

    private static JsonObject Word<T>(string description)
        where T : struct, Enum => new()
        {
            ["description"] = description,
            ["enum"] = new JsonArray([.. Enum.GetValues<T>().Select(value => JsonValue.Create(Kebab(value)))]),
        };

    private static string Kebab(Enum value) => OptionText.Kebab(value.ToString());
}
