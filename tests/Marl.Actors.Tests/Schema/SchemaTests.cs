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

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "pipelines"), "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "pipelines"), f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_committed_schema_is_current()
    {
        var file = Path.Combine(Repository.Root, "pipelines", "schema", PipelineSchema.FileName);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == PipelineSchema.Write(BuiltIn.Catalog),
            $"The catalog has changed. Renew its schema: marl schema --out pipelines/schema/{PipelineSchema.FileName}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_file_is_accepted_and_names_the_schema(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "pipelines", file));

        Assert.Equal("", Complaints(text));
        Assert.StartsWith($"# yaml-language-server: $schema={string.Concat(Enumerable.Repeat("../", file.Count(c => c == '/')))}schema/{PipelineSchema.FileName}\n", text);
    }

    [Theory]
    [InlineData("sweep: s\nof: a.yaml\ngrid: { a: 1 }")]
    [InlineData("sweep: s\nof: a.yaml\nsample: { a: { uniform: 0.1..0.2 } }")]
    [InlineData("sweep: s\nof: a.yaml\nsample: { trials: 3, a: { uniform: 0.1, choice: [1] } }")]
    [InlineData("sweep: s\ngrid: { a: [1] }")]
    [InlineData("bars:\n  - { pipeline: a.yaml, seeds: 1..3, statistic: meen, atLeast: 1, source: x, tier: full }")]
    [InlineData("bars:\n  - { pipeline: a.yaml, seeds: 1..3, statistic: mean, atLeast: much, source: x, tier: full }")]
    [InlineData("faults:\n  - { kind: dropp, edge: \"*\", probability: 0.1 }")]
    [InlineData("faults:\n  - { kind: drop, edge: \"*\", propability: 0.1 }")]
    [InlineData("part: p\nstop: { steps: 1 }")]
    public void A_mistake_in_another_kind_of_file_is_refused(string text) => Assert.NotEqual("", Complaints(text));

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

    /// <summary>What the validator says about a text; nothing when it accepts it.</summary>
    internal static string Complaints(string text) =>
        string.Join('\n', BuiltInSchema.Value.Validate(YamlJson.Of(PipelineText.Parse(text, "x.yaml").Value)!.ToJsonString()));
}
