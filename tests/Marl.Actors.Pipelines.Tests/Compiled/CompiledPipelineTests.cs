using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Marl.Actors.Testing.Snapshots;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Compiled;

/// <summary>The graph from the compiled file is the graph from the text, and nothing else is taken for it.</summary>
public sealed class CompiledPipelineTests
{
    private const string File = "toy.json";

    private static readonly string Rich = Toy.Text
        .Replace("  seed: { type: int, default: 1 }\n", "  seed: { type: int, default: 1 }\n  agents: { type: int, default: 2, range: 1..8 }\n  words: { type: int, default: 3 }\n")
        .Replace("    uses: environment/toy\n", "    uses: environment/toy\n    with: { agents: $agents, reward: per-agent }\n")
        .Replace("    uses: agent/toy\n", "    uses: agent/toy\n    with: { hidden: [16, 8], mood: very-bold }\n")
        .Replace("lag(updates=1)\n", "lag(updates=1)\n      heard: talk.heard |> drop(p=1e-3)\n")
        .Replace("stop:", "  talk:\n    uses: channel/toy\n    with: { words: $words }\n    in:\n      said:\n        - team.messages |> by-step |> delay(steps=1)\n\nstop:")
        + "\nplace: { learner: learn }\ncheckpoint: { every: 400 }\ndeterminate: true\n";

    [Fact]
    public Task It_is_a_readable_document() => Snapshots.Verify(Text(Compile(Toy.Text)));

    [Theory]
    [InlineData("toy")]
    [InlineData("rich")]
    public void The_graph_is_the_one_of_the_text(string name)
    {
        var text = name == "toy" ? Toy.Text : Rich;
        var bound = Toy.Sound(Bind(text));
        var loaded = Toy.Sound(CompiledPipeline.Parse(Compile(text), File, TestCatalog.Catalog));

        Assert.Equal(bound, loaded);
        Assert.Equal(GraphText.Arrows(bound), GraphText.Arrows(loaded));
        Assert.Equal(bound.Nodes.Select(n => n.Where), loaded.Nodes.Select(n => n.Where));
        Assert.Equal(bound.Edges.Select(e => e.Where), loaded.Edges.Select(e => e.Where));
    }

    [Fact]
    public void Overrides_change_it_as_they_change_the_text()
    {
        var overrides = new BindingOverrides
        {
            Parameters = [("agents", "4"), ("words", "7")], Seed = 9, StopSteps = 4_000, EvaluationEpisodes = 5, EvaluationEvery = 300, CheckpointEvery = 800,
        };
        var bound = Toy.Sound(PipelineCompiler.LoadText(Rich, "toy.yaml", TestCatalog.Catalog, overrides));

        Assert.Equal(4, bound["team"].Instances.Count);
        Assert.Equal(bound, Toy.Sound(CompiledPipeline.Parse(Compile(Rich), File, TestCatalog.Catalog, overrides)));
    }

    [Fact]
    public void Wrong_overrides_are_told_as_for_the_text()
    {
        var overrides = new BindingOverrides { Parameters = [("agents", "9"), ("word", "1")] };
        var said = PipelineCompiler.LoadText(Rich, "toy.yaml", TestCatalog.Catalog, overrides).Diagnostics;

        Assert.Equal(2, said.Count);
        Assert.Equal(said, CompiledPipeline.Parse(Compile(Rich), File, TestCatalog.Catalog, overrides).Diagnostics);
    }

    [Fact]
    public void Missing_components_are_told_at_the_lines_of_the_text()
    {
        var poor = new ComponentCatalog(TestCatalog.Catalog.Components.Values.Where(c => c.Id != "agent/toy"), TestCatalog.Operators);
        var found = Assert.Single(CompiledPipeline.Parse(Compile(Toy.Text), File, poor).Diagnostics);

        Assert.Equal((BindingCodes.UnknownComponent, new SourceSpan("toy.yaml", 15, 11)), (found.Code, found.Where));
    }

    [Fact]
    public void Other_components_than_at_the_build_are_refused_by_name()
    {
        var other = TestCatalog.Learner with { Options = Core.Options.OptionsSchema.Of<OtherOptions>(), Validate = _ => [], Sign = (_, context) => TestCatalog.Learner.Sign(new TestCatalog.LearnerOptions(), context) };
        var catalog = new ComponentCatalog(TestCatalog.Catalog.Components.Values.Where(c => c.Id != other.Id).Append(other), TestCatalog.Operators);
        var said = Toy.Only(CompiledPipeline.Parse(Compile(Toy.Text), File, catalog));

        Assert.StartsWith("toy.json: error MARL4223: Option 'clip' of stage 'learner' (algorithm/toy) is not as it was", said);
    }

    [Theory]
    [InlineData("{", "toy.json(1,2): error MARL4220: This is not JSON.")]
    [InlineData("", "toy.json(1,1): error MARL4220: This is not JSON.")]
    [InlineData("[]", "toy.json: error MARL4220: This is not a compiled pipeline.")]
    [InlineData("""{ "format": "other/1" }""", "toy.json: error MARL4220: This is not a compiled pipeline.")]
    [InlineData("""{ "format": "marl.pipeline/9" }""", "toy.json: error MARL4221: This pipeline was compiled in the form 'marl.pipeline/9', but this program reads 'marl.pipeline/1'.")]
    [InlineData("""{ "format": "marl.pipeline/1" }""", "toy.json: error MARL4222: The entry 'source' is missing or damaged.")]
    public void What_is_no_compiled_pipeline_is_refused(string json, string said) =>
        Assert.StartsWith(said, Toy.Only(CompiledPipeline.Parse(Encoding.UTF8.GetBytes(json), File, TestCatalog.Catalog)));

    /// <summary>The file ends early, or a byte is lost or another: never an exception, and never a graph that differs from the text's.</summary>
    [Fact]
    public void A_damaged_file_is_refused_or_means_the_same()
    {
        var whole = Compile(Rich);
        var bound = Toy.Sound(Bind(Rich));
        var refused = 0;
        for (var at = 0; at < whole.Length; at += 7)
        {
            byte[] damaged = (at % 3) switch
            {
                0 => whole[..at],
                1 => [.. whole[..at], .. whole[(at + 1)..]],
                _ => [.. whole[..at], (byte)"0x[\"9"[at % 5], .. whole[(at + 1)..]],
            };
            var result = CompiledPipeline.Parse(damaged, File, TestCatalog.Catalog);
            refused += result.IsSuccess ? 0 : 1;
            Assert.True(!result.IsSuccess || GraphText.Arrows(result.Value) == GraphText.Arrows(bound) || result.Value.Name != bound.Name || result.Value.Summary != bound.Summary, $"damaged at {at}");
        }

        Assert.True(refused > 100);
    }

    [Fact]
    public void Parts_are_in_it_with_their_parameters_and_places()
    {
        using var files = new Parts.PartFiles();
        files.Change("toy.yaml", "stages:\n", "parameters:\n  clip: { type: float, default: 0.3, range: 0..1 }\n\nstages:\n").Change("toy.yaml", "clip: 0.1", "clip: $clip");
        var compiled = CompiledPipeline.Write(FileCheck.Examine(files["toy.yaml"], TestCatalog.Catalog));
        var (bound, narrow) = (Toy.Sound(files.Load()), Toy.Sound(files.Load(new() { Parameters = [("clip", "0.5")] })));
        var misfit = files.Load(new() { Parameters = [("clip", "2")] }).Diagnostics;
        System.IO.File.Delete(files["parts/team.yaml"]);

        var loaded = Toy.Sound(CompiledPipeline.Parse(compiled, File, TestCatalog.Catalog));
        Assert.Equal(bound, loaded);
        Assert.Equal(bound.Nodes.Select(n => n.Where), loaded.Nodes.Select(n => n.Where));
        Assert.NotEqual(bound, narrow);
        Assert.Equal(narrow, Toy.Sound(CompiledPipeline.Parse(compiled, File, TestCatalog.Catalog, new() { Parameters = [("clip", "0.5")] })));
        Assert.Equal(misfit, CompiledPipeline.Parse(compiled, File, TestCatalog.Catalog, new() { Parameters = [("clip", "2")] }).Diagnostics);
    }

    [Fact]
    public void A_compiled_file_is_loaded_by_its_extension()
    {
        using var folder = new TestFolder();
        var path = folder.Write("toy.json", Compile(Toy.Text));

        Assert.Equal(Toy.Sound(Bind(Toy.Text)), Toy.Sound(PipelineCompiler.Load(path, TestCatalog.Catalog, BindingOverrides.None)));
        Assert.Equal("7 actors, 8 edges, determinate", FileCheck.Run(path, TestCatalog.Catalog).Value.Words);
        Assert.Equal("MARL3410", Assert.Single(PipelineCompiler.Load(path + ".json", TestCatalog.Catalog, BindingOverrides.None).Diagnostics).Code);
    }

    private static Result<Graph> Bind(string text) => PipelineCompiler.LoadText(text, "toy.yaml", TestCatalog.Catalog, BindingOverrides.None);

    private static byte[] Compile(string text)
    {
        using var folder = new TestFolder();
        var path = folder.Write("toy.yaml", Encoding.UTF8.GetBytes(text));
        return CompiledPipeline.Write(FileCheck.Examine(path, TestCatalog.Catalog), Path.GetFileName!);
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json) + "\n";

    /// <summary>The learner's options with another default.</summary>
    private sealed record OtherOptions(
        [Core.Options.Option("Clip range.", Minimum = 0, Maximum = 1)] double Clip = 0.3,
        [Core.Options.Option("Least step.", Minimum = 0)] double Low = 0,
        [Core.Options.Option("Greatest step.", Minimum = 0)] double High = 1,
        [Core.Options.Option("Any text.")] string Note = "",
        [Core.Options.Option("Reward it learns from.")] Core.Worlds.RewardConvention Reward = Core.Worlds.RewardConvention.PerAgent);
}
