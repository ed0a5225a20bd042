using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Witnesses;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Faults;

/// <summary>Stages may crash, at any firing and in its middle: made anew from what was saved of them, they change nothing.</summary>
public sealed class CrashTests : IDisposable
{
    private const string Rough = """
          - kind: drop
            edge: "*"
            probability: 0.1
          - kind: duplicate
            edge: "*"
            probability: 0.1
          - kind: reorder
            edge: "*"
            probability: 0.1
          - kind: delay
            edge: "*"
            probability: 0.1
            by: 4
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
            var (seen, faults) = Run($"faults:\n{Rough}\n  - crash: \"{stage}\"\n    probability: 0.05\nsave: {save}\n", seed);
            Assert.Empty(faults.Violations);
            Assert.Equal(whole, seen);
            crashes += faults.Crashes;
        }

        Assert.True(crashes > 10, $"{crashes} crashes");
    }

    private (string Seen, FaultInjection Faults) Run(string plan, long seed, Graph? graph = null)
    {
        using var trace = new TraceRecorder();
        var observer = new RecordingObserver();
        var faults = new FaultInjection(FaultPlanReader.Parse(plan, "plan.yaml").Value);
        var outcome = SimulatedInterpreter.Run(graph ?? TestGraphs.Loop(100), new() { Observer = observer, Trace = trace }, seed, faults);
        Assert.Empty(outcome.Failures);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        return (string.Join('\n', observer.Seen) + string.Join('\n', trace.Trace(0, []).Edges.Select(e => e.Digest)), faults);
    }
}
