using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Profiles;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Profiles;

public sealed class RunProfileTests
{
    [Fact]
    public async Task Every_firing_and_message_is_counted_whatever_carries_the_run()
    {
        var (actors, simulated) = (new RunProfile(), new RunProfile());
        await LocalInterpreter.RunAsync(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), Profile = actors });
        SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), Profile = simulated });
        Assert.Equal(Counts(simulated.Report()), Counts(actors.Report()));
        var report = actors.Report();
        var workers = Assert.Single(report.Stages, s => s.Stage == "workers");
        Assert.Equal(3, workers.Instances);
        Assert.Equal(3 + 30, report.Edges.Single(e => e.Edge == "workers.answers → clock.answers").Messages); // the last ones come, and are not taken
        Assert.Equal(3 + 30, report.Edges.Single(e => e.Edge == "clock.questions → workers.questions").Messages);
        Assert.All(report.Edges, e => Assert.Equal(0, e.OperatorSeconds));
    }

    [Fact]
    public async Task Times_are_parts_of_the_runs_and_somebody_is_the_bottleneck()
    {
        var profile = new RunProfile();
        await LocalInterpreter.RunAsync(TestGraphs.Loop(200), new() { Observer = new RecordingObserver(), Profile = profile });
        var report = profile.Report();
        Assert.True(report.Seconds > 0);
        Assert.All(report.Stages, s => Assert.InRange(s.BusiestSeconds, 0, report.Seconds));
        Assert.All(report.Stages, s => Assert.InRange(s.Seconds + s.Waited, 0, report.Seconds * s.Instances * 1.000001));
        Assert.Equal(report.Stages.Max(s => s.BusiestSeconds), report.Bottleneck!.BusiestSeconds);
        Assert.Equal(report.Stages.Sum(s => s.Waited), report.Edges.Sum(e => e.Waited), 1e-6);
    }

    [Fact]
    public void A_profile_changes_nothing()
    {
        var (plain, profiled) = (new RecordingObserver(), new RecordingObserver());
        SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = plain });
        SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = profiled, Profile = new() });
        Assert.NotEmpty(plain.Seen);
        Assert.Equal(plain.Seen, profiled.Seen);
    }

    [Fact]
    public void Nothing_that_ran_has_no_bottleneck()
    {
        var report = new RunProfile().Report();
        Assert.Null(report.Bottleneck);
        Assert.Equal(0, report.Share(1));
    }

    private static IEnumerable<(string, long)> Counts(ProfileReport report) =>
        report.Stages.Select(s => (s.Stage, s.Firings)).Concat(report.Edges.Select(e => (e.Edge, e.Messages))).Concat(report.Edges.Select(e => ($"bytes of {e.Edge}", e.Bytes))).Order();
}
