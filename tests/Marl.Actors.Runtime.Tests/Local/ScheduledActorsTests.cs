using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Local;

/// <summary>The real actors, on one thread, in an order drawn from a seed.</summary>
public sealed class ScheduledActorsTests
{
    [Fact]
    public async Task All_firings_are_on_the_one_thread_and_nobody_else_wakes_an_actor()
    {
        var log = new FiringLog();
        using var kernel = new SeededKernel(1);
        var outcome = await LocalInterpreter.RunAsync(log.Watch(TestGraphs.Loop(200)), new() { Observer = new RecordingObserver() }, kernel);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        Assert.Equal(643, log.Order.Count); // 201 questions to each of three workers, 40 sums
        Assert.Equal(kernel.ThreadId, Assert.Single(log.Threads));
        Assert.Equal(0, kernel.Foreign);
    }

    [Fact]
    public async Task One_schedule_is_one_order_and_another_schedule_another()
    {
        var (order, values) = await Run(TestGraphs.Loop(200), 1);
        var (again, sameValues) = await Run(TestGraphs.Loop(200), 1);
        var (other, otherValues) = await Run(TestGraphs.Loop(200), 2);
        Assert.Equal(order, again);
        Assert.NotEqual(order, other);
        Assert.Equal(order.Order(), other.Order());
        Assert.Equal(values, sameValues);
        Assert.Equal(values, otherValues);
    }

    [Fact]
    public async Task Where_tokens_are_taken_as_they_come_one_schedule_is_still_one_result()
    {
        var graph = TestGraphs.Loop(200, merge: Merge.AsItComes);
        var (_, values) = await Run(graph, 1);
        Assert.Equal(values, (await Run(graph, 1)).Values);
        Assert.NotEqual(values, (await Run(graph, 2)).Values);
    }

    [Fact]
    public async Task Operators_keep_the_order()
    {
        var use = TestOperators.Use("repeat-first");
        var graph = TestGraphs.Loop(200, reportOperators: [use]);
        Assert.Equal((await Run(graph, 5)).Order, (await Run(graph, 5)).Order);
    }

    private static async Task<(IReadOnlyList<string> Order, List<(Stamp Stamp, float Value)> Values)> Run(Graph graph, long schedule)
    {
        var log = new FiringLog();
        var observer = new RecordingObserver();
        var outcome = await LocalInterpreter.RunAsync(log.Watch(graph), new() { Observer = observer, Schedule = schedule }).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(outcome.Failures);
        return (log.Order, observer.Seen);
    }
}
