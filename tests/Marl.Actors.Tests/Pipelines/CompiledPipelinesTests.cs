using Marl.Actors.Catalogs;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Compiled;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>What a build makes of a pipeline file means the same as the file: one graph, and one result.</summary>
public sealed class CompiledPipelinesTests
{
    [Theory]
    [MemberData(nameof(ShippedPipelinesTests.Names), MemberType = typeof(ShippedPipelinesTests))]
    public void Compiled_and_read_back_it_is_the_same_graph(string name)
    {
        using var folder = new TemporaryFolder();
        var (path, overrides) = (Compile(name, folder), new BindingOverrides { Seed = 7, EvaluationEpisodes = 5 });

        Assert.Equal(Experiment.Load(Repository.Pipeline(name)).Value, Experiment.Load(path).Value);
        Assert.Equal(GraphText.Arrows(Experiment.Load(Repository.Pipeline(name)).Value), GraphText.Arrows(Experiment.Load(path).Value));
        Assert.Equal(Experiment.Load(Repository.Pipeline(name), overrides: overrides).Value, Experiment.Load(path, overrides: overrides).Value);
    }

    [Fact]
    public async Task Without_the_text_it_runs_and_resumes_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        var compiled = Compile("ippo-coordination", folder);
        var text = await RunAsync(Repository.Pipeline("ippo-coordination"), folder["text"]);
        Assert.Equal(text, await RunAsync(compiled, folder["compiled"]));

        File.Delete(compiled);
        var resumed = await ResumeAsync(folder["text"]);
        Assert.NotEqual(text, resumed);
        Assert.Equal(resumed, await ResumeAsync(folder["compiled"]));
    }

    private static string Compile(string name, TemporaryFolder folder)
    {
        var examined = FileCheck.Examine(Repository.Pipeline(name), BuiltIn.Catalog);
        var path = folder[name + CompiledPipeline.Extension];
        Assert.True(WholeFile.Write(path, CompiledPipeline.Write(examined)).IsSuccess);
        return path;
    }

    private static async Task<string?> RunAsync(string path, string folder) =>
        Weights(await Experiment.RunAsync(new() { Path = path, Out = folder, Overrides = new() { StopSteps = 2_000 } }));

    private static async Task<string?> ResumeAsync(string folder) =>
        Weights(await Experiment.ResumeAsync(new() { Path = folder, Overrides = new() { StopSteps = 4_000 } }));

    private static string? Weights(Result<ExperimentResult> result)
    {
        Assert.Empty(result.Diagnostics);
        return result.Value.Summary.WeightsSha256;
    }
}
