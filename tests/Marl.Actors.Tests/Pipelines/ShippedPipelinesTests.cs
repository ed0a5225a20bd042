using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Rendering;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Traces;
using Marl.Actors.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>Every pipeline file of the repository: it checks, is canonical, and its graph and trace are those committed beside it.</summary>
public sealed class ShippedPipelinesTests
{
    public static TheoryData<string> Names => [.. Stems];

    private static IEnumerable<string> Stems => Repository.Pipelines.Select(p => Path.GetFileNameWithoutExtension(p));

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_graph_is_the_verified_one(string name)
    {
        var path = Repository.Pipeline(name);
        var loaded = Experiment.Load(path);
        Assert.Empty(loaded.Diagnostics);
        return Snapshots.Verify(GraphText.Arrows(loaded.Value), method: "graph", file: path);
    }

    /// <summary>To renew one: <c>marl trace pipelines/NAME.yaml --out pipelines/NAME.trace.verified.txt</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_trace_is_the_verified_one(string name)
    {
        var path = Repository.Pipeline(name);
        var taken = await Traces.TakeAsync(new() { Path = path });
        Assert.Empty(taken.Diagnostics);
        await TraceSnapshots.Verify(taken.Value, method: "trace", file: path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_in_canonical_layout(string name)
    {
        var text = File.ReadAllText(Repository.Pipeline(name));
        Assert.Equal(text, PipelineFormatter.Format(text, name).Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_determinate(string name) => Assert.True(Experiment.Load(Repository.Pipeline(name)).Value.IsDeterminate);

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
    public void No_verified_graph_or_trace_is_left_without_its_pipeline() => Assert.Empty(Snapshots.Orphans(
        Path.Combine(Repository.Root, "pipelines"), Stems.SelectMany(stem => new[] { stem + ".graph", stem + ".trace" })));

    [Fact]
    public void Every_pipeline_has_a_learning_bar()
    {
        var bars = BarsReader.Read(Repository.Pipeline("bars"));
        Assert.Empty(bars.Diagnostics);
        Assert.Equal(Stems.Select(stem => stem + ".yaml").Order(), bars.Value.Select(b => b.Pipeline.Value).Distinct().Order());
    }
}
