using System.Security.Cryptography;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Inboxes;

/// <summary>Files that are not what they should be are refused; recordings that can't be written are named.</summary>
public sealed class InboxFileTests : IDisposable
{
    private static readonly Graph Loop = TestGraphs.Loop(20);

    private readonly InboxFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(folder.RecordSum(Loop));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.inbox"], whole[..length]);
            Assert.Equal(InboxCodes.Damaged, Code(Loop, folder["cut.inbox"]));
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused()
    {
        var whole = File.ReadAllBytes(folder.RecordSum(Loop));
        for (var at = 0; at < whole.Length; at++)
        {
            whole[at] ^= 0x40;
            File.WriteAllBytes(folder["flipped.inbox"], whole);
            Assert.Equal(at is >= 8 and < 12 ? InboxCodes.OtherVersion : InboxCodes.Damaged, Code(Loop, folder["flipped.inbox"]));
            whole[at] ^= 0x40;
        }
    }

    /// <summary>A program with a mistake may write nonsense with a fitting checksum.</summary>
    [Theory]
    [InlineData(0x40)]
    [InlineData(0x81)]
    public void Nonsense_with_a_fitting_checksum_is_refused_or_is_a_difference(byte mask)
    {
        var whole = File.ReadAllBytes(folder.RecordSum(TestGraphs.Loop(10)));
        var refused = 0;
        for (var at = 12; at < whole.Length - 32; at++)
        {
            whole[at] ^= mask;
            SHA256.HashData(whole.AsSpan(0, whole.Length - 32)).CopyTo(whole.AsSpan(whole.Length - 32));
            File.WriteAllBytes(folder["nonsense.inbox"], whole);
            var replayed = InboxReplay.Run(TestGraphs.Loop(10), folder["nonsense.inbox"]);
            refused += replayed.IsSuccess ? 0 : 1;
            Assert.All(replayed.Diagnostics, d => Assert.Contains(d.Code, new[] { InboxCodes.Damaged, InboxCodes.OtherStage }));
            whole[at] ^= mask;
        }

        Assert.True(refused > 100, $"{refused} refused");
    }

    [Fact]
    public void Another_stage_is_refused_with_what_is_other()
    {
        var path = folder.RecordSum(Loop);
        var refusal = Assert.Single(InboxReplay.Run(Loop with { Seed = 8 }, path).Diagnostics);
        Assert.Equal(InboxCodes.OtherStage, refusal.Code);
        Assert.Contains("'seed: 7' there and 'seed: 8' here", refusal.Sentence);
        var without = Loop with { Nodes = [.. Loop.Nodes.Where(n => n.Id != "sum")], Edges = [.. Loop.Edges.Where(e => e.To != "sum")] };
        Assert.Contains("it has no 'sum'", Assert.Single(InboxReplay.Run(without, path).Diagnostics).Sentence);
        Assert.True(InboxFolder.Replay(Loop with { StopSteps = 5 }, path).IsIdentical); // the recording knows the stop
    }

    [Fact]
    public void A_stage_that_cannot_be_made_is_named()
    {
        var path = folder.RecordSum(Loop);
        var broken = TestGraphs.Loop(20, sum: TestStages.Sum with { Create = (_, _) => throw new InvalidOperationException("There is no such device.") });
        var refusal = Assert.Single(InboxReplay.Run(broken, path).Diagnostics);
        Assert.Equal((InboxCodes.NoStage, "'sum' can't be made: There is no such device."), (refusal.Code, refusal.Sentence));
    }

    [Fact]
    public void Nothing_that_is_no_recording_is_read()
    {
        File.WriteAllText(folder["text.inbox"], "Dear learner, this is not for you.");
        Assert.Equal(InboxCodes.Damaged, Code(Loop, folder["text.inbox"]));
        Assert.Equal("MARL3410", Code(Loop, folder["missing.inbox"]));
        Assert.Equal("MARL3405", Code(Loop, folder[""]));
    }

    [Fact]
    public void A_folder_lists_what_was_recorded_in_the_order_of_the_graph()
    {
        Assert.Equal(InboxCodes.NotRecorded, InboxReplay.Find(folder[""], Loop, null).Diagnostics[0].Code);
        folder.Simulate(Loop, ["sum", "workers"]);
        Assert.Equal(["workers.a.inbox", "workers.b.inbox", "workers.c.inbox", "sum.inbox"], InboxReplay.Find(folder[""], Loop, null).Value.Select(p => Path.GetFileName(p)));
        Assert.Equal(["workers.b.inbox"], InboxReplay.Find(folder[""], Loop, "workers/b").Value.Select(p => Path.GetFileName(p)));
        var missing = Assert.Single(InboxReplay.Find(folder[""], Loop, "clock").Diagnostics);
        Assert.Equal((InboxCodes.NotRecorded, "Recorded: sum, workers/a, workers/b, workers/c."), (missing.Code, missing.Remedy));
        Assert.Equal(InboxCodes.NoSuchStage, InboxReplay.Find(folder[""], Loop, "clok").Diagnostics[0].Code);
    }

    [Fact]
    public void A_stage_the_graph_has_not_is_named_with_the_nearest()
    {
        var unknown = InboxRecorder.Unknown(["sum", "workers", "workers/c", "wokers"], Loop);
        Assert.Equal(("'loop' has no stage 'wokers'.", "Did you mean 'workers'?"), (Assert.Single(unknown).Sentence, unknown[0].Remedy.Replace(" or 'workers/a' or 'workers/b'", "")));
    }

    [Fact]
    public void A_recording_that_was_never_finished_is_named()
    {
        File.WriteAllText(folder["sum.inbox.partial"], "");
        Assert.Contains("never finished", InboxReplay.Find(folder[""], Loop, null).Diagnostics[0].Sentence);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_fails_the_run_with_its_reason()
    {
        File.WriteAllText(folder["file"], "");
        var recorder = new InboxRecorder(folder["file"], ["sum"]);
        var outcome = Runtime.Simulated.SimulatedInterpreter.Run(Loop, new() { Observer = new RecordingObserver(), Inboxes = recorder });
        Assert.Equal("MARL3405", Assert.Single(outcome.Failures).Code);
        Assert.Empty(recorder.Close().Value);
    }

    [Fact]
    public void A_file_that_cannot_be_written_fails_a_long_run_and_is_named_at_the_end_of_a_short_one()
    {
        Directory.CreateDirectory(folder["sum.inbox.partial"]); // in the way of the file
        var (_, outcome, files) = folder.Simulate(Loop, ["sum"]);
        Assert.Equal(RunEnding.Completed, outcome.Ending);
        var refusal = Assert.Single(files.Diagnostics);
        (_, outcome, files) = folder.Simulate(TestGraphs.Loop(30_000), ["sum"]);
        Assert.Equal((refusal.Code, RunEnding.Failed), (Assert.Single(outcome.Failures).Code, outcome.Ending));
        Assert.Equal(refusal, Assert.Single(files.Diagnostics));
    }

    private static string Code(Graph graph, string path) => Assert.Single(InboxReplay.Run(graph, path).Diagnostics).Code;
}
