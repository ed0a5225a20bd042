#if !VERIFY // these hold our own engine; Verify has its own tests
using Marl.Actors.Core.Tests.Traces;
using Marl.Actors.Core.Traces;
using Marl.Actors.Testing.Files;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Traces;
using Xunit;

namespace Marl.Actors.Core.Tests.Testing;

public sealed class TraceSnapshotsTests : IDisposable
{
    private const string Elsewhere = "macos arm64 neon net10";

    private readonly TemporaryFolder folder = new();

    static TraceSnapshotsTests() => DiffEngine.DiffRunner.Disabled = true; // no diff tool opens for failures made on purpose

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_equal_trace_passes_and_takes_the_received_file_away()
    {
        Approve(TraceText.Write(TraceExamples.Of()));
        File.WriteAllText(folder["SomeTests.trace.received.txt"], "old");
        await Check(TraceExamples.Of());
        Assert.Equal(["SomeTests.trace.verified.txt"], folder.Names);
    }

    [Fact]
    public async Task A_trace_of_another_machine_passes_within_the_tolerance()
    {
        Approve(TraceText.Write(TraceExamples.Of(profile: Elsewhere)));
        await Check(TraceExamples.Of(reward: 0.5f + 1e-6f));
        await Assert.ThrowsAsync<SnapshotException>(() => Check(TraceExamples.Of(reward: 0.6f, last: 2)));
    }

    [Fact]
    public async Task A_difference_is_shown_with_both_messages_and_leaves_the_received_trace()
    {
        Approve(TraceText.Write(TraceExamples.Of()));
        var failure = await Assert.ThrowsAsync<SnapshotException>(() => Check(TraceExamples.Of(action: 3)));
        Assert.StartsWith("The first difference on each edge (- approved, + received):\na.out → b.in: a → b/x #1\n  - #1 @0.0 steps", failure.Message);
        Assert.Equal(TraceText.Write(TraceExamples.Of(action: 3)), File.ReadAllText(folder["SomeTests.trace.received.txt"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no trace at all")]
    public async Task Nothing_approved_or_no_trace_fails(string? approved)
    {
        if (approved is not null)
        {
            Approve(approved);
        }

        await Assert.ThrowsAsync<SnapshotException>(() => Check(TraceExamples.Of()));
    }

    private void Approve(string text) => File.WriteAllText(folder["SomeTests.trace.verified.txt"], text);

    private Task Check(Trace trace) => TraceSnapshots.Verify(trace, method: "trace", file: folder["SomeTests.cs"]);
}
#endif
