using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Local;

public sealed class LocalInterpreterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marl-runtime-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_ends_at_the_stop_and_every_iteration_is_seen()
    {
        var (outcome, seen) = await Run(TestGraphs.Loop(100));
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.Equal(100, outcome.EnvironmentSteps);
        Assert.Equal(Enumerable.Range(0, 20), seen.Select(s => s.Stamp.Update));
        Assert.True(seen[^1].Value > 1);
    }

    [Fact]
    public async Task Two_runs_give_the_same_bits_and_released_messages_are_not_read()
    {
        MessagePool.PoisonReleased = true;
        var (_, first) = await Run(TestGraphs.Loop(500));
        var (_, second) = await Run(TestGraphs.Loop(500));
        Assert.Equal(first, second);
        Assert.DoesNotContain(first, s => float.IsNaN(s.Value));
    }

    [Fact]
    public async Task Another_seed_gives_other_numbers()
    {
        var (_, first) = await Run(TestGraphs.Loop(50));
        var (_, second) = await Run(TestGraphs.Loop(50) with { Seed = 8 });
        Assert.NotEqual(first[^1], second[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task The_capacity_of_edges_does_not_change_a_value(int capacity)
    {
        var (_, first) = await Run(TestGraphs.Loop(100));
        var (_, second) = await Run(TestGraphs.Loop(100, capacity: capacity));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task On_one_processor_one_thread_fires_all_stages_and_no_value_changes()
    {
        var (_, expected) = await Run(TestGraphs.Loop(200));
        var (log, observer) = (new FiringLog(), new RecordingObserver());
        var outcome = await LocalInterpreter.RunAsync(log.Watch(TestGraphs.Loop(200)), new() { Observer = observer, Processors = 1 }).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(outcome.Failures);
        Assert.Single(log.Threads);
        Assert.Equal(expected, observer.Seen);
    }

    [Fact]
    public async Task A_throwing_stage_stops_the_run_with_its_name_and_message()
    {
        var (outcome, _) = await Run(TestGraphs.Loop(1000, sum: TestStages.Bomb));
        Assert.Equal(RunEnding.Failed, outcome.Ending);
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal(RunCodes.StageFailed, failure.Code);
        Assert.Contains("'sum'", failure.Sentence);
        Assert.Contains("The sum is too large for this stage.", failure.Sentence);
    }

    [Fact]
    public async Task A_failure_names_the_checkpoint_that_was_saved_before_it()
    {
        var graph = TestGraphs.Loop(1000, checkpoints: 5, sum: TestStages.Bomb);
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = new RecordingObserver(), CheckpointFolder = folder });
        Assert.Contains("000000000010.checkpoint", Assert.Single(outcome.Failures).Remedy);
    }

    [Fact]
    public async Task An_observer_that_can_not_write_stops_the_run()
    {
        var observer = new RecordingObserver { OnSeen = _ => throw new IOException("No space left on device") };
        var outcome = await LocalInterpreter.RunAsync(TestGraphs.Loop(100), new() { Observer = observer });
        Assert.Equal(RunCodes.ResultsFailed, Assert.Single(outcome.Failures).Code);
    }

    [Fact]
    public async Task A_loop_in_which_nobody_speaks_is_named_and_nothing_hangs()
    {
        var (outcome, _) = await Run(TestGraphs.Deadlock());
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal(RunCodes.Deadlock, failure.Code);
        Assert.Contains("'ping' waits for pong.numbers", failure.Sentence);
        Assert.Contains("'pong' waits for ping.numbers", failure.Sentence);
    }

    [Fact]
    public async Task A_stop_ends_between_two_iterations_and_leaves_a_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        var observer = new RecordingObserver { OnSeen = count => { if (count == 10) { stop.Cancel(); } } };
        var outcome = await LocalInterpreter.RunAsync(
            TestGraphs.Loop(1_000_000), new() { Observer = observer, CheckpointFolder = folder, Stop = stop.Token });
        Assert.Equal(RunEnding.Stopped, outcome.Ending);
        Assert.Equal(0, outcome.EnvironmentSteps % TestStages.PerIteration);
        Assert.InRange(outcome.EnvironmentSteps, 50, 999_999);
        Assert.True(CheckpointFile.ReadNewest(folder).IsSuccess);
    }

    [Fact]
    public async Task A_resumed_run_goes_on_bit_for_bit()
    {
        var operators = new[] { TestOperators.Use("repeat-first") }.ToValues();
        var (_, whole) = await Run(TestGraphs.Loop(100, checkpoints: 50, reportOperators: operators));
        await LocalInterpreter.RunAsync(
            TestGraphs.Loop(50, reportOperators: operators), new() { Observer = new RecordingObserver(), CheckpointFolder = folder });

        var rest = new RecordingObserver();
        var outcome = await LocalInterpreter.RunAsync(
            TestGraphs.Loop(100, reportOperators: operators), new() { Observer = rest, Resume = CheckpointFile.ReadNewest(folder).Value });

        Assert.Equal(100, outcome.EnvironmentSteps);
        Assert.Equal(whole.Skip(whole.Count - rest.Seen.Count), rest.Seen);
        Assert.Equal(whole.Count / 2, rest.Seen.Count);
    }

    [Fact]
    public async Task Only_the_newest_generations_of_checkpoints_stay()
    {
        var observer = new RecordingObserver();
        await LocalInterpreter.RunAsync(TestGraphs.Loop(100, checkpoints: 10), new() { Observer = observer, CheckpointFolder = folder });
        Assert.Equal(10, observer.Checkpoints.Count);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task A_checkpoint_of_another_pipeline_is_refused()
    {
        await LocalInterpreter.RunAsync(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), CheckpointFolder = folder });
        var other = TestGraphs.Deadlock();
        var outcome = await LocalInterpreter.RunAsync(other, new() { Observer = new RecordingObserver(), Resume = CheckpointFile.ReadNewest(folder).Value });
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal(CheckpointCodes.OtherPipeline, failure.Code);
        Assert.Contains("lacks ping, pong", failure.Sentence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_slow_consumer_holds_its_producers_back(int capacity)
    {
        var (outcome, seen) = await Run(TestGraphs.Loop(200, sum: TestStages.Slow, capacity: capacity));
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.Equal(40, seen.Count);

        // At most the capacity under way or waiting, one taken, and one in the hands of a producer that then fires no more.
        Assert.InRange(TestStages.GreatestLead, 1, capacity + 2);
    }

    [Fact]
    public async Task An_edge_too_narrow_for_its_consumer_grows_and_no_value_changes()
    {
        var (outcome, narrow) = await Run(TestGraphs.Loop(150, sum: TestStages.Trio, capacity: 1));
        var (_, wide) = await Run(TestGraphs.Loop(150, sum: TestStages.Trio, capacity: 16));
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.Equal(10, narrow.Count);
        Assert.Equal(wide, narrow);
    }

    [Fact]
    public async Task As_it_comes_takes_every_token_once()
    {
        var (_, joined) = await Run(TestGraphs.Loop(100));
        var (_, mixed) = await Run(TestGraphs.Loop(100, merge: Merge.AsItComes));
        Assert.Equal(3 * joined.Count, mixed.Count);
        Assert.Equal(joined[^1].Value, mixed[^1].Value, 1e-2f);
    }

    [Fact]
    public async Task Operators_run_in_the_consuming_actor_s_turn()
    {
        var use = TestOperators.Use("thread-probe");
        var (outcome, seen) = await Run(TestGraphs.Loop(100, reportOperators: new[] { use }.ToValues()));
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.Equal(20, seen.Count);
        Assert.Equal(0, TestOperators.OnPoolThread);
    }

    [Fact]
    public async Task A_failing_operator_stops_the_run()
    {
        var (outcome, _) = await Run(TestGraphs.Loop(100, reportOperators: new[] { TestOperators.Use("fail") }.ToValues()));
        Assert.Contains("This operator fails.", Assert.Single(outcome.Failures).Sentence);
    }

    private static async Task<(RunOutcome Outcome, List<(Stamp Stamp, float Value)> Seen)> Run(Graph graph)
    {
        var observer = new RecordingObserver();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = observer }).WaitAsync(TimeSpan.FromMinutes(2));
        return (outcome, observer.Seen);
    }
}
