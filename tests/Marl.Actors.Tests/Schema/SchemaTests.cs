using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Schema;
using Marl.Actors.Pipelines.Text;
using Marl.Actors.Tests.UserPrograms;
using NJsonSchema;
using Xunit;

namespace Marl.Actors.Tests.Schema;

/// <summary>The JSON Schema of pipeline files, held by a validator that is not ours.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<JsonSchema> BuiltInSchema = new(() => JsonSchema.FromJsonAsync(PipelineSchema.Write(BuiltIn.Catalog)).GetAwaiter().GetResult());

    private static readonly string Spread = File.ReadAllText(Repository.Pipeline("mappo-spread"));

    public static TheoryData<string> Names => [.. Repository.Pipelines.Select(p => Path.GetFileNameWithoutExtension(p))];

    [Fact]
    public void The_committed_schema_is_current()
    {
        var file = Path.Combine(Repository.Root, "pipelines", "schema", PipelineSchema.FileName);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == PipelineSchema.Write(BuiltIn.Catalog),
            $"The catalog has changed. Renew its schema: marl schema --out pipelines/schema/{PipelineSchema.FileName}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_pipeline_is_accepted_and_names_the_schema(string name)
    {
        var text = File.ReadAllText(Repository.Pipeline(name));

        Assert.Equal("", Complaints(text));
        Assert.StartsWith($"# yaml-language-server: $schema=schema/{PipelineSchema.FileName}\n", text);
    }

    [Theory]
    [InlineData("pipeline: mappo-spread", "pipelin: mappo-spread")]
    [InlineData("pipeline: mappo-spread", "pipeline: Mappo Spread")]
    [InlineData("stop: {", "stopp: {")]
    [InlineData("stop: { steps: 5_000_000 }", "stop: { step: 5_000_000 }")]
    [InlineData("stop: { steps: 5_000_000 }", "stop: { steps: 0 }")]
    [InlineData("stop: { steps: 5_000_000 }", "stop: {}")]
    [InlineData("environment/simple-spread", "environment/simple-spred")]
    [InlineData("uses: environment/simple-spread", "use: environment/simple-spread")]
    [InlineData("copies: 128", "copies: many")]
    [InlineData("copies: 128", "copies: 0")]
    [InlineData("copies: 128", "copies: 1e9")]
    [InlineData("each: world.agents", "each: world")]
    [InlineData("each: world.agents", "copies: 3")]
    [InlineData("maxSteps: 25", "maxStep: 25")]
    [InlineData("maxSteps: 25", "maxSteps: long")]
    [InlineData("maxSteps: 25", "maxSteps: [25]")]
    [InlineData("state: per-agent", "state: peragent")]
    [InlineData("sharePolicy: true", "sharePolicy: yes")]
    [InlineData("hidden: [64, 64]", "hidden: 64")]
    [InlineData("hidden: [64, 64]", "hidden: [64, wide]")]
    [InlineData("hidden: [64, 64]", "hidden: $hidden")]
    [InlineData("clip: 0.2", "clip: 11")]
    [InlineData("clip: 0.2", "clip: 0.2.2")]
    [InlineData("clip: 0.2", "clip: $Clip")]
    [InlineData("steps: world.steps", "step: world.steps")]
    [InlineData("steps: world.steps", "steps: world")]
    [InlineData("steps: world.steps", "steps: [world.steps, other.steps]")]
    [InlineData("      steps: world.steps\n", "")]
    [InlineData("|> by-step", "|> by-stp")]
    [InlineData("|> by-step", "-> by-step")]
    [InlineData("|> by-step", "|> by-step(2)")]
    [InlineData("|> lag(updates=0)", "|> lag(update=0)")]
    [InlineData("|> lag(updates=0)", "|> lag(updates:0)")]
    [InlineData("|> lag(updates=0)", "|> lag")]
    [InlineData("type: int, default: 3,", "type: integer, default: 3,")]
    [InlineData("type: int, default: 3,", "type: int,")]
    [InlineData("range: 1..8", "range: 1-8")]
    [InlineData("actions: sampled", "actions: sample")]
    [InlineData("episodes: 320, ", "")]
    public void A_mistake_of_structure_is_refused(string sound, string broken)
    {
        Assert.Contains(sound, Spread);
        Assert.NotEqual("", Complaints(Spread.Replace(sound, broken)));
        Assert.False(Compiled(Spread.Replace(sound, broken)), "The compiler takes it: the schema must too.");
    }

    [Theory]
    [InlineData("copies: 128", "copies: $agents")]
    [InlineData("copies: 128", "copies: \"1_28\"")]
    [InlineData("maxSteps: 25", "maxSteps: $agents")]
    [InlineData("sharePolicy: true", "sharePolicy: \"true\"")]
    [InlineData("hidden: [64, 64]", "hidden: []")]
    [InlineData("hidden: [64, 64]", "hidden: [6_4, \"64\"]")]
    [InlineData("clip: 0.2", "clip: 1")]
    [InlineData("clip: 0.2", "clip: $learningRate")]
    [InlineData("entropy: 0.01", "entropy: 1_0e-0_3")]
    [InlineData("steps: world.steps", "steps:\n        - world.steps")]
    [InlineData("|> lag(updates=0)", "|>lag( updates = $agents )|> every(updates=1)")]
    [InlineData("summary: MAPPO", "summary: 3 #")]
    [InlineData("stop: { steps: 5_000_000 }", "place: { world: simulate, learner: 7 }\ncheckpoint: { every: 1_000_000 }\ndeterminate: true\nstop: { steps: \"5_000_000\" }")]
    public void What_the_compiler_takes_is_accepted(string sound, string other)
    {
        Assert.Contains(sound, Spread);
        Assert.True(Compiled(Spread.Replace(sound, other)));
        Assert.Equal("", Complaints(Spread.Replace(sound, other)));
    }

    [Fact]
    public async Task A_users_own_world_and_operator_are_in_the_schema_of_its_catalog()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests/Marl.Actors.Tests/UserPrograms/thermostat.yaml"));
        var schema = await JsonSchema.FromJsonAsync(PipelineSchema.Write(BuiltIn.Catalog.With(ThermostatWorld.Component).With(ClampOperator.Component)));

        Assert.Empty(schema.Validate(YamlJson.Of(PipelineText.Parse(text, "x").Value)!.ToJsonString()));
        Assert.NotEqual("", Complaints(text));
    }

    [Fact]
    public void A_part_is_accepted_and_its_use() => Assert.Equal("", Complaints(
        """
        part: pool
        parameters:
          rollout: { type: int }
        in:
          steps: { kind: steps }
          weights: {}
        out:
          rollouts: team.rollouts |> by-step
        stages:
          team:
            uses: agent/actor-critic
            each: in.steps.agents
            with: { rollout: $rollout }
            in:
              steps: in.steps
              weights: in.weights
          inner:
            uses: ../other.yaml
            with: { anything: [1, 2] }
            in:
              whatever: team.actions
        """));

    private static bool Compiled(string text) => PipelineCompiler.LoadText(text, "x.yaml", BuiltIn.Catalog, BindingOverrides.None).IsSuccess;

    private static string Complaints(string text) =>
        string.Join('\n', BuiltInSchema.Value.Validate(YamlJson.Of(PipelineText.Parse(text, "x.yaml").Value)!.ToJsonString()));
}
