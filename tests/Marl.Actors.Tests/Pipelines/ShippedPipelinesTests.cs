using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Testing.Pipelines;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>Every pipeline file of the repository: it checks, is canonical, and its graph and trace are those committed beside it.</summary>
public sealed class ShippedPipelinesTests
{
    public static TheoryData<string> Names => [.. Stems];

    public static TheoryData<string> Determinate => [.. Repository.DeterminatePipelines.Select(p => Path.GetFileNameWithoutExtension(p))];

    private static IEnumerable<string> Stems => Repository.Pipelines.Select(p => Path.GetFileNameWithoutExtension(p));

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_graph_is_the_verified_one(string name) => TestedPipeline.Of(Repository.Pipeline(name)).VerifyGraph();

    /// <summary>To renew one: <c>marl trace pipelines/NAME.yaml --out pipelines/NAME.trace.verified.txt</c>.</summary>
    [Theory]
    [MemberData(nameof(Determinate))]
    public Task The_trace_is_the_verified_one(string name) => TestedPipeline.Of(Repository.Pipeline(name)).VerifyTrace();

    [Theory]
    [MemberData(nameof(Determinate))]
    public void Stages_and_operators_keep_their_contracts(string name) => TestedPipeline.Of(Repository.Pipeline(name)).VerifyContracts();

    [Theory]
    [MemberData(nameof(Determinate))]
    public void It_runs_with_the_least_room_on_all_edges(string name) =>
        (TestedPipeline.Of(Repository.Pipeline(name)) with { Overrides = new() { EvaluationEpisodes = 4 } }).VerifyRoom();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_in_canonical_layout(string name)
    {
        var text = File.ReadAllText(Repository.Pipeline(name));
        Assert.Equal(text, PipelineFormatter.Format(text, name).Value);
    }

    [Theory]
    [MemberData(nameof(Determinate))]
    public void It_is_determinate(string name) => Assert.True(Experiment.Load(Repository.Pipeline(name)).Value.IsDeterminate);

    [Fact]
    public void Those_that_learn_asynchronously_are_said_not_to_be_determinate() => Assert.All(
        Repository.Pipelines.Except(Repository.DeterminatePipelines), path => Assert.False(Experiment.Load(path).Value.IsDeterminate));

    /// <summary>Parts, sweeps and bars too: a builder of this repository must not find anything wrong with them.</summary>
    [Fact]
    public void Every_file_of_any_kind_checks_and_is_in_canonical_layout() => Assert.All(
        Directory.GetFiles(Path.Combine(Repository.Root, "pipelines"), "*.yaml", SearchOption.AllDirectories),
        path =>
        {
            Assert.Empty(FileCheck.Run(path, BuiltIn.Catalog).Diagnostics);
            var text = File.ReadAllText(path);
            Assert.Equal(text, PipelineFormatter.Format(text, path).Value);
        });

    [Fact]
    public void No_verified_graph_or_trace_is_left_without_its_pipeline() =>
        TestedPipeline.VerifyNoOrphans(Path.Combine(Repository.Root, "pipelines"));

    [Fact]
    public void Every_pipeline_has_a_learning_bar()
    {
        var bars = BarsReader.Read(Repository.Pipeline("bars"));
        Assert.Empty(bars.Diagnostics);
        Assert.Equal(Stems.Select(stem => stem + ".yaml").Order(), bars.Value.Select(b => b.Pipeline.Value).Where(name => !name.Contains('/')).Distinct().Order());
    }
}
