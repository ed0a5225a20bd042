using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marl.Actors.Experiments;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Clustering;

/// <summary>How a run on a cluster says it goes: to whoever asks a node, and to whoever collects metrics.</summary>
public sealed class ClusterStatusTests(SmallCluster cluster) : IClassFixture<SmallCluster>
{
    [Fact]
    public async Task Staleness_is_told_of_weights_and_of_rollouts()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var measured = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "Marl.Actors.Cluster", Name: "marl.edge.lag" or "marl.run.lost" })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, figure, tags, _) =>
        {
            foreach (var tag in tags)
            {
                measured[$"{instrument.Name} {tag.Value}"] = figure;
            }
        });
        listener.Start();
        var run = Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline("impala-cartpole"),
            Out = folder["r"],
            Interpretation = new(Interpreter.Cluster) { Cluster = new() { Join = cluster.Address } },
            Stop = stop.Token,
        });
        string[] wanted = ["learner.weights → agent.weights", "agent.rollouts → learner.rollouts"];
        EdgeReport[] seen = [];
        while (seen.Length < wanted.Length)
        {
            Assert.False(run.IsCompleted, "The run is over before it has told anything.");
            var report = await ClusterInquiry.AskAsync(cluster.Address, TimeSpan.FromMinutes(1));
            Assert.Empty(report.Diagnostics);
            seen = [.. report.Value.Runs.SelectMany(r => r.Edges).Where(e => e.Lag >= 0)];
            Assert.All(report.Value.Runs, r => Assert.Empty(r.Lost));
        }

        listener.RecordObservableInstruments();
        await stop.CancelAsync();
        await run;
        Assert.Equal(wanted.Order(), seen.Select(e => e.Edge).Order());
        Assert.All(wanted, edge => Assert.InRange(measured[$"marl.edge.lag {edge}"], 0, 1_000));
        Assert.Equal(0, measured["marl.run.lost impala-cartpole"]);
    }

    [Fact]
    public async Task A_node_that_is_lost_is_told_of_when_the_run_goes_on_without_it()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var leave = new CancellationTokenSource();
        var leaving = await cluster.AddAsync("simulate", until: leave.Token);
        var run = Experiment.RunAsync(new()
        {
            Path = Repository.Pipeline("ippo-coordination"),
            Overrides = new() { StopSteps = 100_000_000, CheckpointEvery = 800 },
            Out = folder["r"],
            Interpretation = new(Interpreter.Cluster) { Cluster = new() { Join = cluster.Address } },
            Stop = stop.Token,
        });
        await UntilAsync(report => report.Steps > 0 && report.Hosts.Any(h => h.Node.EndsWith($"@{leaving}", StringComparison.Ordinal)));
        await leave.CancelAsync();
        await UntilAsync(report => report is { Epoch: > 1, Lost: [var lost] } && lost.EndsWith($"@{leaving}", StringComparison.Ordinal));
        await stop.CancelAsync();
        Assert.Empty((await run).Diagnostics);

        async Task UntilAsync(Func<RunReport, bool> isSo)
        {
            while (!(await ClusterInquiry.AskAsync(cluster.Address, TimeSpan.FromMinutes(1))).Value.Runs.Any(isSo))
            {
                Assert.False(run.IsCompleted, "The run is over.");
            }
        }
    }
}
