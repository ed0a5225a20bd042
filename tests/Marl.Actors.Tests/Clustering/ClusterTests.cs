using Marl.Actors.Catalogs;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Testing.Files;
using Marl.Actors.Tests.Runs;
using Marl.Actors.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Clustering;

/// <summary>
/// A determinate pipeline gives the same bits on a cluster as on one thread. <c>MARL_CLUSTER=all</c> tries every shipped one.
/// </summary>
public sealed class ClusterTests(SmallCluster cluster) : IClassFixture<SmallCluster>
{
    private static readonly string[] Some = ["ippo-two-step", "mappo-speaker-listener", "qmix-two-step", "ippo-tag", "ippo-crossing", "es-cartpole", "dd-ppo-cartpole"];

    public static TheoryData<string> Pipelines => Environment.GetEnvironmentVariable("MARL_CLUSTER") == "all"
        ? [.. Repository.Pipelines.Where(p => Experiment.Load(p).Value.IsDeterminate).Select(p => Path.GetFileNameWithoutExtension(p))]
        : [.. Some];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public async Task A_determinate_pipeline_gives_the_same_bits(string pipeline) => await CompareAsync(Repository.Pipeline(pipeline));

    [Fact]
    public async Task A_world_in_shards_does_so_too()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["sharded.yaml"], Sharded.Text("ippo-spread", 2));
        await CompareAsync(folder["sharded.yaml"]);
    }

    [Fact]
    public async Task A_run_leaves_the_same_results_and_may_go_on_in_one_process()
    {
        using var folder = new TemporaryFolder();
        var request = new ExperimentRequest { Path = Repository.Pipeline("ippo-coordination"), Overrides = new() { StopSteps = 4_000, CheckpointEvery = 800 } };
        var alone = (await Experiment.RunAsync(request with { Out = folder["alone"] })).Value;
        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(request with
        {
            Out = folder["parts"],
            Interpretation = Joined(),
            Progress = p => (p.EnvironmentSteps >= 1_600 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Empty(part.Diagnostics);
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var rest = await Experiment.ResumeAsync(new() { Path = folder["parts"] });
        Assert.Equal(alone.Summary.WeightsSha256, rest.Value.Summary.WeightsSha256);
        Assert.Equal(Rows(folder["alone"]), Rows(folder["parts"]));

        string[] Rows(string run) => [.. File.ReadLines(Path.Combine(run, "evaluation.csv")).Select(l => l.Split(',')).Select(c => string.Join(',', [c[0], c[1], .. c[3..]]))];
    }

    [Fact]
    public async Task Who_is_missing_is_said()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("ippo-coordination")) + "place: { learner: gpu }\n";
        File.WriteAllText(folder["placed.yaml"], text);
        var found = await Traces.TakeAsync(new() { Path = folder["placed.yaml"], Interpretation = Joined(patience: TimeSpan.FromSeconds(5)) });
        var finding = Assert.Single(found.Diagnostics);
        Assert.Equal(ClusterCodes.NoNodeForRole, finding.Code);
        Assert.Contains("'gpu'", finding.Sentence, StringComparison.Ordinal);
        Assert.Contains($"marl node --join", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_the_components_refuses_and_says_which()
    {
        using var folder = new TemporaryFolder();
        using var until = new CancellationTokenSource();
        var lacking = new ComponentCatalog(BuiltIn.Catalog.Components.Values.Where(c => c.Id != "environment/coordination"), BuiltIn.Catalog.Operators.Values);
        await cluster.AddAsync("lacking", lacking, until.Token);
        File.WriteAllText(folder["placed.yaml"], File.ReadAllText(Repository.Pipeline("ippo-coordination")) + "place: { world: lacking }\n");
        var found = await Traces.TakeAsync(new() { Path = folder["placed.yaml"], Interpretation = Joined() });
        Assert.Contains(found.Diagnostics, d => d.Sentence.Contains("environment/coordination", StringComparison.Ordinal) || d.Sentence.Contains("coordination", StringComparison.Ordinal));
        await until.CancelAsync();
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said()
    {
        var found = await Traces.TakeAsync(new()
        {
            Path = Repository.Pipeline("ippo-coordination"),
            Interpretation = new(Interpreter.Cluster) { Cluster = new() { Join = new("127.0.0.1", 1), Patience = TimeSpan.FromSeconds(3) } },
        });
        Assert.Equal(ClusterCodes.NobodyThere, Assert.Single(found.Diagnostics).Code);
    }

    private async Task CompareAsync(string path)
    {
        var request = new TraceRequest { Path = path, Overrides = new() { EvaluationEpisodes = 4 } };
        var expected = await Traces.TakeAsync(request);
        var found = await Traces.TakeAsync(request with { Interpretation = Joined() });
        Assert.Empty(found.Diagnostics);
        Assert.Equal(TraceText.Write(expected.Value), TraceText.Write(found.Value));
    }

    private Interpretation Joined(TimeSpan? patience = null) => new(Interpreter.Cluster)
    {
        Cluster = new() { Join = cluster.Address, Patience = patience ?? TimeSpan.FromMinutes(1), Vigilance = Vigilance.Patient },
    };
}
