using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Tracing;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Faults;

/// <summary>Stages may crash, at any firing and in its middle: made anew from what was saved of them, they change nothing.</summary>
public sealed class CrashTests : IDisposable
{
    private const string Rough = """
        faults:
          - { kind: drop, edge: "*", probability: 0.1 }
          - { kind: duplicate, edge: "*", probability: 0.1 }
          - { kind: reorder, edge: "*", probability: 0.1 }
          - { kind: delay, edge: "*", probability: 0.1, by: 4 }
          - { crash: "STAGE", probability: 0.05 }
        save: SAVE

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("marl-crashes-").FullName;

    public CrashTests() => MessagePool.PoisonReleased = true;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("clock", "each-update")]
    [InlineData("clock", "never")]
    [InlineData("workers/b", "7")]
    [InlineData("sum", "each-update")]
    [InlineData("*", "each-update")]
    [InlineData("*", "1")]
    [InlineData("*", "3")]
    [InlineData("*", "never")]
    public void Crashes_change_nothing(string stage, string save)
    {
        var (whole, _) = Run("faults: []\n", seed: 0);
        var crashes = 0L;
        for (var seed = 1; seed <= 20; seed++)
        {
            var (seen, faults) = Run(Plan(stage, save), seed);
            Assert.Empty(faults.Violations);
            Assert.Equal(whole, seen);
            crashes += faults.Crashes;
        }

        Assert.True(crashes > 10, $"{crashes} crashes");
    }

    [Fact]
    public void A_narrow_edge_has_room_again_after_a_crash()
    {
        var graph = TestGraphs.Loop(100, sum: TestStages.Trio, capacity: 1);
        var (whole, _) = Run("faults: []\n", 0, graph);
        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.Equal(whole, Run(Plan("*", "each-update"), seed, graph).Seen);
        }
    }

    [Fact]
    public void A_stage_crashes_at_the_firings_of_the_plan_once_each()
    {
        var (whole, _) = Run("faults: []\n", seed: 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            var (seen, faults) = Run("faults:\n  - { crash: workers/a, at: [1, 30, 31, 100] }\n  - { crash: clock, at: [101] }\n", seed);
            Assert.Equal(whole, seen);
            Assert.Equal(5, faults.Crashes); // the clock's firing 101 is its end
        }
    }

    [Fact]
    public void A_stage_that_would_always_crash_gets_through_all_the_same()
    {
        var (whole, _) = Run("faults: []\n", seed: 0);
        var (seen, faults) = Run("faults:\n  - { crash: \"*\", probability: 1 }\nsave: 1\n", seed: 1);
        Assert.Equal(whole, seen);
        Assert.Equal(3 * (101 + (3 * 102) + 21), faults.Crashes); // three for each firing, the end among them
    }

    [Fact]
    public void Checkpoints_are_right_and_a_run_that_crashes_goes_on_from_them()
    {
        var (whole, _) = Run("faults: []\n", seed: 0);
        for (var seed = 1; seed <= 10; seed++)
        {
            var half = Directory.CreateDirectory(Path.Combine(folder, $"{seed}")).FullName;
            var first = Observe(TestGraphs.Loop(50, checkpoints: 10), Plan("*", "3"), seed, new() { Observer = new RecordingObserver(), CheckpointFolder = half });
            Assert.Equal(5, first.Checkpoints.Count);
            var rest = Observe(TestGraphs.Loop(100), Plan("*", "never"), seed, new() { Observer = new RecordingObserver(), Resume = CheckpointFile.ReadNewest(half).Value });
            Assert.Equal(whole, Text([.. first.Seen, .. rest.Seen]));
        }
    }

    [Fact]
    public void A_run_that_is_stopped_while_stages_crash_ends_at_a_boundary_and_can_be_resumed()
    {
        var (whole, _) = Run("faults: []\n", seed: 0);
        for (var seed = 1; seed <= 20; seed++)
        {
            using var stop = new CancellationTokenSource();
            var half = Directory.CreateDirectory(Path.Combine(folder, $"{seed}")).FullName;
            var after = seed / 2;
            var first = Observe(TestGraphs.Loop(100), Plan("*", "each-update"), seed, new()
            {
                Observer = new RecordingObserver { OnSeen = seen => (seen == after ? stop : null)?.Cancel() },
                CheckpointFolder = half,
                Stop = stop.Token,
            });
            var rest = CheckpointFile.ReadNewest(half).Value is { VectorSteps: < 100 } checkpoint
                ? Observe(TestGraphs.Loop(100), Plan("*", "each-update"), seed, new() { Observer = new RecordingObserver(), Resume = checkpoint }).Seen
                : [];
            Assert.Equal(whole, Text([.. first.Seen, .. rest]));
        }
    }

    [Fact]
    public void A_trace_holds_what_is_sent_again_once()
    {
        using var calm = new TraceRecorder();
        using var rough = new TraceRecorder();
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = new RecordingObserver(), Trace = calm });
        var faults = new FaultInjection(FaultPlanReader.Parse(Plan("*", "each-update"), "plan.yaml").Value);
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = new RecordingObserver(), Trace = rough }, 3, faults);
        Assert.Equal(calm.Trace(100, []).Edges.Select(e => (e.Name, e.Count, e.Digest)), rough.Trace(100, []).Edges.Select(e => (e.Name, e.Count, e.Digest)));
        Assert.True(faults.Crashes > 5);
    }

    [Fact]
    public void A_stage_the_graph_lacks_is_named()
    {
        var plan = FaultPlanReader.Parse("faults:\n  - { crash: workers/d, at: [1] }\n", "plan.yaml").Value;
        var problem = Assert.Single(FaultInjection.Unknown(plan, TestGraphs.Loop(10)));
        Assert.Equal((FaultCodes.NoSuchStage, 2), (problem.Code, problem.Where.Line));
        Assert.Contains("'workers/a'", problem.Remedy);
    }

    private static string Plan(string stage, string save) => Rough.Replace("STAGE", stage).Replace("SAVE", save);

    private static string Text(IEnumerable<(Stamp Stamp, float Value)> seen) => string.Join('\n', seen);

    private static (string Seen, FaultInjection Faults) Run(string plan, long seed, Graph? graph = null)
    {
        var observer = new RecordingObserver();
        var faults = new FaultInjection(FaultPlanReader.Parse(plan, "plan.yaml").Value);
        var outcome = SimulatedInterpreter.Run(graph ?? TestGraphs.Loop(100), new() { Observer = observer }, seed, faults);
        Assert.Empty(outcome.Failures);
        Assert.Empty(faults.Violations);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return (Text(observer.Seen), faults);
    }

    private static RecordingObserver Observe(Graph graph, string plan, long seed, RunOptions options)
    {
        var faults = new FaultInjection(FaultPlanReader.Parse(plan, "plan.yaml").Value);
        var outcome = SimulatedInterpreter.Run(graph, options, seed, faults);
        Assert.Empty(outcome.Failures);
        Assert.Empty(faults.Violations);
        return (RecordingObserver)options.Observer;
    }
}
