using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cells;

public sealed class CellWatchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marl-watch-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_watch_sees_the_same_under_actors_and_schedules()
    {
        var actors = new Diary("workers/b");
        await LocalInterpreter.RunAsync(TestGraphs.Loop(10), Options(actors));
        Assert.Equal(
            ["began", "fired", "took 0.0", "sent 0 to all 0.0", "fired", "took 0.1", "sent 0 to all 0.1", "fired"], actors.Lines[..8]);
        Assert.Equal(
            ["took 1.4", "sent 0 to all 1.4", "sent 1 to all 1.0", "fired", "took 2.0", "sent 0 to all 2.0", "fired", "ended"], actors.Lines[^8..]);
        for (var schedule = 0; schedule < 5; schedule++)
        {
            var simulated = new Diary("workers/b");
            SimulatedInterpreter.Run(TestGraphs.Loop(10), Options(simulated), schedule);
            Assert.Equal(actors.Lines, simulated.Lines);
        }
    }

    /// <summary>Whoever begins first sends to others that have not: they must wait for their own beginning.</summary>
    [Fact]
    public async Task Nobody_fires_before_it_has_begun()
    {
        for (var run = 0; run < 10; run++)
        {
            var workers = new[] { "workers/a", "workers/b", "workers/c", "sum" }.Select(name => new Diary(name)).ToArray();
            await LocalInterpreter.RunAsync(TestGraphs.Loop(5), Options([.. workers]));
            Assert.All(workers, w => Assert.Equal("began", w.Lines[0]));
        }
    }

    [Fact]
    public void What_Start_sends_comes_before_its_end()
    {
        var diary = new Diary("clock");
        SimulatedInterpreter.Run(TestGraphs.Loop(10), Options(diary));
        Assert.Equal(["began", "sent 0 to 0 0.0", "sent 0 to 1 0.0", "sent 0 to 2 0.0", "fired", "took 0.0"], diary.Lines[..6]);
    }

    [Fact]
    public void A_resumed_stage_begins_with_its_saved_state()
    {
        SimulatedInterpreter.Run(TestGraphs.Loop(10), new() { Observer = new RecordingObserver(), CheckpointFolder = folder });
        var diary = new Diary("sum");
        SimulatedInterpreter.Run(TestGraphs.Loop(20), Options(diary) with { Resume = CheckpointFile.ReadNewest(folder).Value });
        Assert.Equal(["began from a state with 'sum'", "took 2.0"], diary.Lines[..2]);
    }

    [Fact]
    public void Several_watches_see_the_same()
    {
        var (one, other, elsewhere) = (new Diary("sum"), new Diary("sum"), new Diary("clock"));
        SimulatedInterpreter.Run(TestGraphs.Loop(10), Options(one, other, elsewhere));
        Assert.NotEmpty(one.Lines);
        Assert.Equal(one.Lines, other.Lines);
        Assert.NotEqual(one.Lines, elsewhere.Lines);
    }

    [Fact]
    public async Task A_watch_that_throws_fails_its_stage()
    {
        var diary = new Diary("sum") { ThrowsAt = 3 };
        var outcome = await LocalInterpreter.RunAsync(TestGraphs.Loop(1000), Options(diary));
        Assert.Contains("'sum' failed", Assert.Single(outcome.Failures).Sentence);
    }

    private static RunOptions Options(params ICellWatcher[] watchers) => new() { Observer = new RecordingObserver(), Watchers = [.. watchers] };

    /// <summary>Writes down what one cell does.</summary>
    private sealed class Diary(string cell) : ICellWatcher, ICellWatch
    {
        public List<string> Lines { get; } = [];

        public int ThrowsAt { get; init; } = int.MaxValue;

        public ICellWatch? Watch(CellAddress address, Topology topology) => address.Name == cell ? this : null;

        public void Began(StageSnapshot? from) => Lines.Add(from is null ? "began" : $"began from a state with '{from.Entries.Keys.Single(k => k == cell)}'");

        public void Took(Firing firing) => Lines.Add($"took {firing[0].Stamp}");

        public void Asked(int port, bool isRead) => Lines.Add($"asked {port}");

        public void Sent(int port, int peer, Message message) => Lines.Add($"sent {port} to {(peer < 0 ? "all" : $"{peer}")} {message.Stamp}");

        public void Fired()
        {
            Lines.Add("fired");
            if (Lines.Count(l => l == "fired") == ThrowsAt)
            {
                throw new InvalidOperationException("This watch fails.");
            }
        }

        public void Ended() => Lines.Add("ended");
    }
}
