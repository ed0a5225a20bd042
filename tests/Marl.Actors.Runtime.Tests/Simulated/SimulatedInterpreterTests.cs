using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Simulated;

public sealed class SimulatedInterpreterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marl-simulated-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_schedule_gives_what_the_actors_give()
    {
        MessagePool.PoisonReleased = true;
        var actors = new RecordingObserver();
        await LocalInterpreter.RunAsync(TestGraphs.Loop(200), new() { Observer = actors });
        for (var schedule = 0; schedule < 50; schedule++)
        {
            Assert.Equal(actors.Seen, Run(TestGraphs.Loop(200), schedule));
        }
    }

    [Fact]
    public void Where_tokens_are_taken_as_they_come_schedules_differ()
    {
        var graph = TestGraphs.Loop(200, merge: Merge.AsItComes);
        Assert.Equal(Run(graph, schedule: 1), Run(graph, schedule: 1));
        Assert.Contains(Enumerable.Range(2, 10), schedule => !Run(graph, schedule).SequenceEqual(Run(graph, schedule: 1)));
    }

    [Fact]
    public void A_run_resumed_by_the_simulator_goes_on_bit_for_bit()
    {
        var whole = Run(TestGraphs.Loop(100));
        SimulatedInterpreter.Run(TestGraphs.Loop(50), new() { Observer = new RecordingObserver(), CheckpointFolder = folder }, schedule: 3);
        var rest = new RecordingObserver();
        var outcome = SimulatedInterpreter.Run(
            TestGraphs.Loop(100), new() { Observer = rest, Resume = CheckpointFile.ReadNewest(folder).Value }, schedule: 4);
        Assert.Equal(100, outcome.EnvironmentSteps);
        Assert.Equal(whole.TakeLast(rest.Seen.Count), rest.Seen);
        Assert.Equal(10, rest.Seen.Count);
    }

    [Fact]
    public void A_failure_names_the_stage()
    {
        var outcome = SimulatedInterpreter.Run(TestGraphs.Loop(1000, sum: TestStages.Bomb), new() { Observer = new RecordingObserver() });
        Assert.Contains("'sum' failed", Assert.Single(outcome.Failures).Sentence);
    }

    [Fact]
    public void A_standstill_is_named()
    {
        var outcome = SimulatedInterpreter.Run(TestGraphs.Deadlock(), new() { Observer = new RecordingObserver() });
        Assert.Equal(RunCodes.Deadlock, Assert.Single(outcome.Failures).Code);
    }

    private static List<(Stamp Stamp, float Value)> Run(Graph graph, long schedule = 0)
    {
        var observer = new RecordingObserver();
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = observer }, schedule);
        Assert.Empty(outcome.Failures);
        return observer.Seen;
    }
}
