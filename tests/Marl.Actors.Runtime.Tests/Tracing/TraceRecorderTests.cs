using Marl.Actors.Core.Traces;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Tracing;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Tracing;

public sealed class TraceRecorderTests
{
    [Fact]
    public async Task Actors_and_every_schedule_leave_one_trace()
    {
        var actors = await ActorsTrace(TestGraphs.Loop(200));
        Assert.All(actors.Edges.SelectMany(e => e.Links), link => Assert.True(link is { HasEnded: true, Count: > 3 }));
        for (var schedule = 0; schedule < 20; schedule++)
        {
            Assert.Equal(TraceText.Write(actors), TraceText.Write(Simulated(TestGraphs.Loop(200), schedule)));
        }
    }

    [Fact]
    public void A_tight_edge_changes_nothing() => Assert.Equal(
        TraceText.Write(Simulated(TestGraphs.Loop(100), 1)), TraceText.Write(Simulated(TestGraphs.Loop(100, capacity: 1), 2)));

    [Fact]
    public void Recording_never_changes_a_run()
    {
        var (plain, traced) = (new RecordingObserver(), new RecordingObserver());
        using var recorder = new TraceRecorder(isFull: true);
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = plain }, schedule: 3);
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = traced, Trace = recorder }, schedule: 3);
        Assert.Equal(plain.Seen, traced.Seen);
    }

    [Fact]
    public void Every_message_is_counted_and_the_thinned_ones_are_held()
    {
        var link = Simulated(TestGraphs.Loop(30), 0).Edges[0].Links[0];
        Assert.Equal([1, 2, 3, .. Enumerable.Range(1, (int)link.Count / 10).Select(k => k * 10L)], link.Messages.Select(m => m.Number));
    }

    [Fact]
    public void A_recorder_serves_one_run()
    {
        using var recorder = new TraceRecorder();
        Assert.Throws<InvalidOperationException>(() => recorder.Trace(0, []));
        SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), Trace = recorder });
        Assert.Throws<InvalidOperationException>(
            () => SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), Trace = recorder }));
    }

    private static async Task<Trace> ActorsTrace(Graph graph)
    {
        using var recorder = new TraceRecorder();
        return Of(recorder, await LocalInterpreter.RunAsync(graph, new() { Observer = new RecordingObserver(), Trace = recorder }));
    }

    private static Trace Simulated(Graph graph, long schedule)
    {
        using var recorder = new TraceRecorder();
        return Of(recorder, SimulatedInterpreter.Run(graph, new() { Observer = new RecordingObserver(), Trace = recorder }, schedule));
    }

    private static Trace Of(TraceRecorder recorder, RunOutcome outcome)
    {
        Assert.Empty(outcome.Failures);
        return recorder.Trace(outcome.EnvironmentSteps, []);
    }
}
