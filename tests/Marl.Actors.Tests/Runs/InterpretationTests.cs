using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Testing.Files;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Tests.Runs;

/// <summary>
/// A determinate pipeline gives the same bits whatever carries it: the simulator under any schedule, the actors on any number
/// of threads, the actors on one thread under any schedule. <c>MARL_SCHEDULES=100</c> tries that many schedules.
/// </summary>
public sealed class InterpretationTests(ITestOutputHelper log)
{
    private const int Iterations = 2;

    private static readonly int Schedules = int.TryParse(Environment.GetEnvironmentVariable("MARL_SCHEDULES"), out var asked) ? asked : 3;

    public static TheoryData<string> Pipelines => [.. Repository.DeterminatePipelines.Select(p => Path.GetFileNameWithoutExtension(p))];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public async Task Every_interpreter_and_schedule_gives_the_same_bits_on_every_edge(string pipeline)
    {
        MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN
        var graph = Short(Experiment.Load(Repository.Pipeline(pipeline), overrides: new() { EvaluationEpisodes = 4 }).Value);
        Assert.True(graph.IsDeterminate);
        var expected = await Actors(graph, threads: 1);
        Assert.Contains(graph.Nodes.Any(n => n.Component.Outputs.Any(p => p.Kind == WeightsMessages.Kind)) ? ".weights → " : ".actions → ", expected); // markets need not learn
        Assert.Contains("scores", expected);
        Assert.Equal(expected, await Actors(graph, threads: 2));
        Assert.Equal(expected, await Actors(graph, threads: 8));
        Assert.Equal(expected, await Actors(graph, processors: 1));
        for (var schedule = 1; schedule <= Schedules; schedule++)
        {
            Assert.Equal(expected, Simulated(graph, schedule));
        }

        for (var schedule = 1; schedule < Schedules; schedule++)
        {
            Assert.Equal(expected, await Actors(graph, schedule: schedule));
        }

        log.WriteLine(expected);
    }

    /// <summary>The world's copies in several actors, each with its own agents; the learner beside them adds gradients in a fixed order.</summary>
    [Theory]
    [InlineData("ippo-spread", 2)]
    [InlineData("ppo-cartpole", 4)]
    [InlineData("mappo-speaker-listener", 2)]
    public async Task A_world_in_shards_gives_the_same_bits_too(string pipeline, int shards)
    {
        MessagePool.PoisonReleased = true;
        var text = Sharded.Text(pipeline, shards);
        var graph = Short(PipelineCompiler.LoadText(text, $"{pipeline}.yaml", BuiltIn.Catalog, new() { EvaluationEpisodes = 4 }).Value);
        Assert.True(graph.IsDeterminate);
        var expected = await Actors(graph, threads: 1);
        Assert.Equal(expected, await Actors(graph, threads: 2));
        Assert.Equal(expected, await Actors(graph, threads: 8));
        for (var schedule = 1; schedule <= Schedules; schedule++)
        {
            Assert.Equal(expected, Simulated(graph, schedule));
        }

        log.WriteLine(expected);
    }

    [Fact]
    public async Task Where_an_agent_takes_the_latest_weights_schedules_differ_and_the_compiler_says_so_beforehand()
    {
        var text = File.ReadAllText(Repository.Pipeline("ippo-coordination")).Replace("lag(updates=0)", "latest", StringComparison.Ordinal);
        var graph = Short(PipelineCompiler.LoadText(text, "newest.yaml", BuiltIn.Catalog, BindingOverrides.None).Value);

        Assert.Equal("learner.weights → team.weights |> latest", Assert.Single(graph.IndeterminateMerges));
        var demanded = PipelineCompiler.LoadText(text + "determinate: true\n", "newest.yaml", BuiltIn.Catalog, BindingOverrides.None);
        Assert.Equal(CheckCodes.NotDeterminate, Assert.Single(demanded.Diagnostics).Code);
        Assert.True(Enumerable.Range(1, 10).Select(schedule => Simulated(graph, schedule)).Distinct().Count() > 1);
        Assert.Equal(Simulated(graph, 1), Simulated(graph, 1));
        Assert.Equal(await Actors(graph, schedule: 1), await Actors(graph, schedule: 1));
    }

    [Theory]
    [InlineData(Interpreter.Simulated, 5L, Interpreter.Local, 6L)]
    [InlineData(Interpreter.Local, 7L, Interpreter.Simulated, null)]
    public async Task A_run_may_go_on_under_another_interpreter(Interpreter first, long? schedule, Interpreter second, long? otherSchedule)
    {
        using var folder = new TemporaryFolder();
        var whole = (await Experiment.RunAsync(Request(folder["whole"]))).Value;
        using var stop = new CancellationTokenSource();
        var part = await Experiment.RunAsync(Request(folder["parts"]) with
        {
            Interpretation = new(first, schedule),
            Progress = p => (p.EnvironmentSteps >= 1_600 ? stop : null)?.Cancel(),
            Stop = stop.Token,
        });
        Assert.Equal(RunEnding.Stopped, part.Value.Ending);
        var rest = await Experiment.ResumeAsync(new() { Path = folder["parts"], Interpretation = new(second, otherSchedule) });
        Assert.Empty(rest.Diagnostics);
        Assert.Equal(RunEnding.Completed, rest.Value.Ending);
        Assert.Equal(whole.Summary.WeightsSha256, rest.Value.Summary.WeightsSha256);
        Assert.Equal(whole.Summary.Evaluation?.Mean, rest.Value.Summary.Evaluation?.Mean);
    }

    [Theory]
    [InlineData(Interpreter.Simulated, null, 2)]
    [InlineData(Interpreter.Local, 1L, 2)]
    [InlineData(Interpreter.Local, null, 0)]
    public async Task What_does_not_go_together_is_said_and_nothing_is_written(Interpreter interpreter, long? schedule, int? threads)
    {
        using var folder = new TemporaryFolder();
        var result = await Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline("ippo-coordination"), Out = folder["run"], Interpretation = new(interpreter, schedule, threads),
        });
        Assert.Equal(ExperimentCodes.Interpretation, Assert.Single(result.Diagnostics).Code);
        Assert.False(Directory.Exists(folder["run"]));
    }

    /// <summary>Two iterations, the policies measured after each.</summary>
    private static Graph Short(Graph graph) => graph with { StopSteps = (long)Iterations * graph.Iteration * graph.Copies };

    private static async Task<string> Actors(Graph graph, int? threads = null, long? schedule = null, int processors = 2)
    {
        using var edges = new TraceRecorder();
        var ports = new PortDigests();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = ports, Trace = edges, Threads = threads, Schedule = schedule, Processors = processors });
        return Digests(outcome, edges, ports);
    }

    private static string Simulated(Graph graph, long schedule)
    {
        using var edges = new TraceRecorder();
        var ports = new PortDigests();
        return Digests(SimulatedInterpreter.Run(graph, new() { Observer = ports, Trace = edges }, schedule), edges, ports);
    }

    /// <summary>A line an edge, in the order of its tokens, and a line an observed port (metrics, scores).</summary>
    private static string Digests(RunOutcome outcome, TraceRecorder edges, PortDigests ports)
    {
        Assert.Empty(outcome.Failures);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        var trace = edges.Trace(outcome.EnvironmentSteps, []);
        return string.Join('\n', trace.Edges.Select(e => $"{e.Name}: {e.Digest}")) + "\n" + ports;
    }

    private static ExperimentRequest Request(string folder) => new()
    {
        Path = Repository.Pipeline("ippo-coordination"),
        Out = folder,
        Overrides = new() { StopSteps = 8_000 },
    };
}
