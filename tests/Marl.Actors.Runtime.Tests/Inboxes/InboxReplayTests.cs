using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Tracing;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Inboxes;

/// <summary>A stage alone with what was recorded of its inbox does what it did in the run.</summary>
public sealed class InboxReplayTests : IDisposable
{
    private readonly InboxFolder folder = new();

    public InboxReplayTests() => MessagePool.PoisonReleased = true; // a stage that reads what it has given back sees NaN

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_stage_of_a_run_of_the_actors_replays_to_the_bit()
    {
        var graph = TestGraphs.Loop(50);
        await folder.RunActorsAsync(graph, ["clock", "workers", "sum"]);
        Assert.Equal(["clock.inbox", "sum.inbox", "workers.a.inbox", "workers.b.inbox", "workers.c.inbox"], folder.Names);
        foreach (var name in folder.Names)
        {
            var report = InboxFolder.Replay(graph, folder[name]);
            Assert.Null(report.Difference);
            Assert.Empty(report.Findings);
            Assert.True(report is { IsIdentical: true, EndsWithin: false, IsStopped: false, Firings: >= 10 });
        }

        var clock = InboxFolder.Replay(graph, folder["clock.inbox"]);
        Assert.Equal((50, 150, 153), (clock.Firings, clock.Taken, Assert.Single(clock.Ports).Count));
    }

    [Fact]
    public async Task Actors_and_every_schedule_record_the_same_bytes()
    {
        await folder.RunActorsAsync(TestGraphs.Loop(30), ["workers/b"]);
        var expected = File.ReadAllBytes(folder["workers.b.inbox"]);
        for (var schedule = 1; schedule < 6; schedule++)
        {
            folder.Simulate(TestGraphs.Loop(30), ["workers/b"], schedule);
            Assert.Equal(expected, File.ReadAllBytes(folder["workers.b.inbox"]));
        }
    }

    [Fact]
    public void Recording_never_changes_a_run()
    {
        var plain = new RecordingObserver();
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = plain }, schedule: 3);
        Assert.Equal(plain.Seen, folder.Simulate(TestGraphs.Loop(100), ["clock", "workers", "sum"], schedule: 3).Seen.Seen);
    }

    [Fact]
    public void What_was_taken_as_it_came_is_replayed_as_it_came()
    {
        var graph = TestGraphs.Loop(60, merge: Merge.AsItComes, reportOperators: [TestOperators.Use("repeat-first")]);
        folder.Simulate(graph, ["sum"], schedule: 5);
        var report = InboxFolder.Replay(graph, folder["sum.inbox"]);
        Assert.True(report.IsIdentical);
        Assert.Equal(39, report.Taken);
    }

    [Fact]
    public void A_run_that_went_on_is_replayed_from_its_saved_state()
    {
        var checkpoints = Directory.CreateDirectory(folder["checkpoints"]).FullName;
        SimulatedInterpreter.Run(TestGraphs.Loop(25), new() { Observer = new RecordingObserver(), CheckpointFolder = checkpoints });
        folder.Simulate(TestGraphs.Loop(50), ["clock", "workers", "sum"], schedule: 2, CheckpointFile.ReadNewest(checkpoints).Value);
        foreach (var name in new[] { "clock.from-25.inbox", "sum.from-25.inbox", "workers.a.from-25.inbox" })
        {
            var report = InboxFolder.Replay(TestGraphs.Loop(50), folder[name]);
            Assert.True(report is { IsIdentical: true, Firings: > 0, Header.From: 25 }, $"{name}: {report.Difference}");
        }
    }

    [Theory]
    [InlineData("each-update")]
    [InlineData("never")]
    public void A_stage_that_crashed_is_replayed_through_its_crashes(string save)
    {
        var faults = new FaultInjection(FaultPlanReader.Parse($"faults:\n  - crash: \"*\"\n    probability: 0.1\nsave: {save}\n", "plan.yaml").Value);
        var recorder = new InboxRecorder(folder[""], ["clock", "workers/a"]);
        SimulatedInterpreter.Run(TestGraphs.Loop(100), new() { Observer = new RecordingObserver(), Inboxes = recorder }, schedule: 1, faults);
        Assert.True(faults.Crashes > 10);
        foreach (var path in recorder.Close().Value)
        {
            var report = InboxFolder.Replay(TestGraphs.Loop(100), path);
            Assert.True(report is { IsIdentical: true, Firings: > 110 }, $"{path}: {report.Firings} firings, {report.Difference}");
        }
    }

    [Theory]
    [InlineData(Mistake.GlobalGenerator, "1 of 1 numbers differ, most of all value[0] with ")]
    [InlineData(Mistake.StaticState, "1 of 1 numbers differ, most of all value[0] with ")]
    [InlineData(Mistake.Stamp, "stamp 6.0 recorded, 6.77 replayed")]
    [InlineData(Mistake.Silence, "a number message recorded, no messages replayed")]
    [InlineData(Mistake.Layout, "number(value[1]) recorded, other(value[2]) replayed")]
    [InlineData(Mistake.Exception, "it failed: It does not work here")]
    [InlineData(Mistake.Needs, "it took 1 from 'reports' in the run and now needs 2")]
    public void A_mistake_is_found_at_its_firing(Mistake mistake, string what)
    {
        var graph = TestGraphs.Loop(60, sum: PlantedStage.Component(mistake, at: 7));
        var report = InboxFolder.Replay(graph, folder.RecordSum(graph));
        Assert.Equal((7, new Stamp(6)), (report.Difference!.Firing, report.Difference.Stamp));
        Assert.StartsWith(what, report.Difference.What);
        Assert.Equal(1, report.Differing);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(InboxCodes.Differs, finding.Code);
        Assert.Contains("'sum' did not do what it did in the run: firing 7 at 6.0", finding.Sentence);
    }

    [Fact]
    public void A_mistake_of_the_start_is_found_there()
    {
        var graph = TestGraphs.Loop(60, sum: PlantedStage.Component(Mistake.Start, at: 0));
        var report = InboxFolder.Replay(graph, folder.RecordSum(graph));
        Assert.Equal("its start, port 'sums': no messages recorded, a number message replayed", report.Difference!.ToString());
        Assert.Equal((false, 0), (report.IsIdentical, report.Differing));
    }

    [Fact]
    public void A_failed_run_leaves_its_recordings_and_the_failure_is_replayed()
    {
        var graph = TestGraphs.Loop(1000, sum: TestStages.Bomb);
        var (_, outcome, files) = folder.Simulate(graph, ["sum"]);
        Assert.Equal(RunEnding.Failed, outcome.Ending);
        Assert.Equal([folder["sum.inbox"]], files.Value);
        var report = InboxFolder.Replay(graph, folder["sum.inbox"]);
        Assert.True(report is { IsIdentical: true, EndsWithin: true, Firings: 3, Failure: "The sum is too large for this stage" });
        var mended = graph with { Nodes = [.. graph.Nodes.Select(n => n.Id == "sum" ? n with { Component = TestStages.Bomb with { Create = TestStages.Sum.Create } } : n)] };
        Assert.True(InboxFolder.Replay(mended, folder["sum.inbox"]) is { IsIdentical: true, EndsWithin: true, Failure: null });
    }

    [Fact]
    public void A_stage_is_told_what_it_was_told_about_its_ports()
    {
        var workers = TestStages.Worker with { Create = (options, context) => new CuriousStage(TestStages.Worker.Create(options, context)) };
        var loop = TestGraphs.Loop(20);
        var graph = loop with
        {
            Nodes = [.. loop.Nodes.Where(n => n.Id != "sum").Select(n => n.Id == "workers" ? n with { Component = workers } : n)],
            Edges = [.. loop.Edges.Where(e => e.To != "sum")],
        };
        folder.Simulate(graph, ["workers/a"]);
        var report = InboxFolder.Replay(graph, folder["workers.a.inbox"]);
        Assert.True(report.IsIdentical, $"{report.Difference}");
        Assert.Equal([21, 0], report.Ports.Select(p => p.Count)); // nobody reads the reports
    }

    [Fact]
    public void The_trace_of_a_replay_has_the_digests_of_the_run()
    {
        var graph = TestGraphs.Loop(40);
        using var recorder = new TraceRecorder();
        var inboxes = new InboxRecorder(folder["inboxes"], ["clock"]);
        SimulatedInterpreter.Run(graph, new() { Observer = new RecordingObserver(), Trace = recorder, Inboxes = inboxes });
        Assert.Empty(inboxes.Close().Diagnostics);
        var replayed = InboxReplay.Run(graph, folder[Path.Combine("inboxes", "clock.inbox")], trace: false).Value.Trace!;
        var edge = Assert.Single(replayed.Edges);
        Assert.Equal(recorder.Trace(40, []).Edges.Single(e => e.Name == edge.Name).Digest, edge.Digest);
    }

    /// <summary>Sends only what is read.</summary>
    private sealed class CuriousStage(IStage inner) : IStage
    {
        public Needs Needs => inner.Needs;

        public void Start(IOutputs outputs) => inner.Start(new Sieve(outputs));

        public void Fire(Firing firing, IOutputs outputs) => inner.Fire(firing, new Sieve(outputs));

        public void Save(StageSnapshot snapshot) => inner.Save(snapshot);

        public void Load(StageSnapshot snapshot) => inner.Load(snapshot);

        public void Dispose() => inner.Dispose();

        private sealed class Sieve(IOutputs outputs) : IOutputs
        {
            public bool IsRead(int port) => outputs.IsRead(port);

            public void Send(int port, Message message)
            {
                if (IsRead(port))
                {
                    outputs.Send(port, message);
                }
            }

            public void Send(int port, int peer, Message message) => outputs.Send(port, peer, message);
        }
    }
}
