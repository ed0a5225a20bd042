using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Signatures;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Signatures;

/// <summary>The clock sends questions first and then takes answers; workers report after every fifth; a sum takes reports.</summary>
public sealed class SignatureWatchTests
{
    private static readonly Rhythm Clock = new([1], [], [new(1, [1], [1])], [0]);
    private static readonly Rhythm Worker = new([0, 0], [], [new(4, [1], [1, 0]), new(1, [1], [1, 1])], [0, 0]);
    private static readonly Rhythm Sum = new([0], [], [new(1, [1], [1])], [0]);

    [Fact]
    public void Stages_that_do_as_they_say_pass()
    {
        Assert.Empty(Failures(Loop(Clock, Worker, Sum)));
        Assert.Empty(Failures(Loop(Clock, Worker with { Opening = [new(5, [1], [1, null])] }, Sum)));
        Assert.Empty(Failures(Loop(Clock, new([0, 0], [], [new(null, [1], [1, 0]), new(1, [1], [1, 1])], [0, 0]), Sum))); // however many without a report
    }

    [Fact]
    public void Stages_that_take_turns_are_followed_through_them()
    {
        var (answer, report) = (new Beat(null, [1], [1, 0], Group: 1), new Beat(null, [1], [1, 1], Group: 1));
        Assert.Empty(Failures(Loop(Clock, new([0, 0], [], [answer, answer, answer, answer, report], [0, 0]), Sum)));
        Assert.Empty(Failures(Loop(Clock, new([0, 0], [], [new(4, [1], [1, 0]), report, answer, answer, answer, answer], [0, 0]), Sum)));
        Assert.Contains(
            "fired its 4th time sending 0 tokens of 'reports', its signature says 1.",
            Failure(Loop(Clock, new([0, 0], [], [answer, answer, answer, report], [0, 0]), Sum)));
    }

    [Fact]
    public void Turns_that_are_counted_are_over_after_so_many()
    {
        var (answer, report) = (new Beat(2, [1], [1, 0], Group: 1), new Beat(2, [1], [1, 1], Group: 1));
        Values<Beat> single = [new(4, [1], [1, 0]), new(1, [1], [1, 1])];
        Assert.Empty(Failures(Loop(Clock, new([0, 0], [], [answer, answer, answer, answer, report], [0, 0]), Sum)));
        Assert.Empty(Failures(Loop(Clock, new([0, 0], [], [answer, answer, answer, answer, report, .. single], [0, 0]), Sum)));
        Assert.Contains(
            "fired its 11th time sending 1 token of 'answers', its signature says 0.",
            Failure(Loop(Clock, new([0, 0], [], [answer, answer, answer, answer, report, new(1, [1], [0, 0])], [0, 0]), Sum)));
    }

    [Fact]
    public void What_is_decided_at_run_time_may_come_in_any_firing_but_no_more_than_a_cycle_says()
    {
        var late = Worker with { Cycle = [new(3, [1], [1, 0]), new(2, [1], [1, 0]), new(1, [1], [1, 1])], DecidedAtRunTime = [false, true] };
        Assert.Empty(Failures(Loop(Clock, late, Sum)));
        Assert.Contains(
            "fired its 5th time sending 1 token of 'reports', its signature says 0 at most.",
            Failure(Loop(Clock, late with { Cycle = [new(1, [1], [1, 0])] }, Sum)));
        Assert.Contains( // of an output that is not, as ever
            "fired its 4th time sending 1 token of 'answers', its signature says 0.",
            Failure(Loop(Clock, late with { Cycle = [new(3, [1], [1, 0]), new(1, [1], [0, 1])] }, Sum)));
        Assert.Contains(
            "'clock' fired at its start sending 1 token of 'questions' to reader 0, its signature says 0.",
            Failure(Loop(Clock with { Start = [0], DecidedAtRunTime = [true] }, Worker, Sum)));
    }

    [Fact]
    public async Task It_works_under_actors_too()
    {
        var outcome = await LocalInterpreter.RunAsync(Loop(Clock, Worker, Sum with { Cycle = [new(1, [2], [1])] }), new() { Observer = new RecordingObserver(), ChecksSignatures = true });
        Assert.Equal(SignatureCodes.Broken, Assert.Single(outcome.Failures).Code);
    }

    [Fact]
    public void Too_few_tokens_taken() =>
        Assert.Contains("'sum' fired its 1st time taking 1 token of 'reports', its signature says 2.", Failure(Loop(Clock, Worker, Sum with { Cycle = [new(1, [2], [1])] })));

    [Fact]
    public void Too_many_tokens_taken_later_on() => Assert.Contains(
        "'sum' fired its 3rd time taking 3 tokens of 'reports', its signature says 1.",
        Failure(Loop(Clock, Worker, Sum with { Opening = [new(2, [3], [1])] }, three: true)));

    [Fact]
    public void A_token_sent_too_early() => Assert.Contains(
        "fired its 5th time sending 1 token of 'reports', its signature says 0.",
        Failure(Loop(Clock, Worker with { Cycle = [new(5, [1], [1, 0]), new(1, [1], [1, 1])] }, Sum)));

    [Fact]
    public void A_token_not_sent() => Assert.Contains(
        "fired its 4th time sending 0 tokens of 'reports', its signature says 1.",
        Failure(Loop(Clock, Worker with { Cycle = [new(3, [1], [1, 0]), new(1, [1], [1, 1])] }, Sum)));

    [Fact]
    public void A_start_that_says_nothing() => Assert.Contains(
        "'clock' fired at its start sending 1 token of 'questions' to reader 0, its signature says 0.",
        Failure(Loop(Clock with { Start = [0] }, Worker, Sum)));

    [Fact]
    public void A_stage_that_should_have_ended() =>
        Assert.Contains("'sum' fired its 3rd time once more than it should.", Failure(Loop(Clock, Worker, Sum with { Opening = [new(2, [1], [1])], Cycle = [] })));

    [Fact]
    public void A_wrong_number_on_a_port_that_only_the_run_reads() =>
        Assert.Contains("'sum' fired its 1st time sending 1 token of 'sums', its signature says 2.", Failure(Loop(Clock, Worker, Sum with { Cycle = [new(1, [1], [2])] })));

    [Fact]
    public void Nobody_is_held_to_anything_unless_asked() => Assert.Empty(
        SimulatedInterpreter.Run(Loop(Clock with { Start = [0] }, Worker, Sum), new() { Observer = new RecordingObserver() }).Failures);

    private static Graph Loop(Rhythm clock, Rhythm worker, Rhythm sum, bool three = false)
    {
        var graph = TestGraphs.Loop(60, sum: three ? TestStages.Trio : null);
        return graph with { Nodes = [graph.Nodes[0] with { Rhythm = clock }, graph.Nodes[1] with { Rhythm = worker }, graph.Nodes[2] with { Rhythm = sum }] };
    }

    private static string Failure(Graph graph) => Assert.Single(Failures(graph)).ToString();

    private static Values<Diagnostic> Failures(Graph graph) =>
        SimulatedInterpreter.Run(graph, new() { Observer = new RecordingObserver(), ChecksSignatures = true }).Failures;
}
