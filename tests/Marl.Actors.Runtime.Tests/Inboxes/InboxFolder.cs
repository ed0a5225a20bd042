using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Inboxes;

/// <summary>Records runs into a folder and replays them.</summary>
internal sealed class InboxFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string this[string name] => folder[name];

    public string[] Names => [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Path, f)).Order(StringComparer.Ordinal)];

    /// <summary>Records a simulated run; what its observer saw.</summary>
    public (RecordingObserver Seen, RunOutcome Outcome, Result<Values<string>> Files) Simulate(Graph graph, Values<string> stages, long schedule = 0, Checkpoint? resume = null)
    {
        var (observer, recorder) = (new RecordingObserver(), new InboxRecorder(folder.Path, stages, resume?.EnvironmentSteps ?? 0));
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = observer, Inboxes = recorder, Resume = resume }, schedule);
        return (observer, outcome, recorder.Close());
    }

    /// <summary>Records a run of the actors.</summary>
    public async Task RunActorsAsync(Graph graph, Values<string> stages)
    {
        var recorder = new InboxRecorder(folder.Path, stages);
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = new RecordingObserver(), Inboxes = recorder });
        Assert.Empty(outcome.Failures);
        Assert.Empty(recorder.Close().Diagnostics);
    }

    /// <summary>Records the sum of a simulated run.</summary>
    public string RecordSum(Graph graph)
    {
        Assert.Empty(Simulate(graph, ["sum"]).Files.Diagnostics);
        return this["sum.inbox"];
    }

    /// <summary>Replays a file that can be replayed.</summary>
    public static ReplayReport Replay(Graph graph, string path)
    {
        var replayed = InboxReplay.Run(graph, path);
        Assert.True(replayed.IsSuccess, string.Join('\n', replayed.Diagnostics));
        return replayed.Value;
    }

    public void Dispose() => folder.Dispose();
}
