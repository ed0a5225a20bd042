using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Tests.Wire;

/// <summary>One record or more of each line of the list, and how two are compared that don't compare by value.</summary>
internal static class RecordSamples
{
    public static IReadOnlyList<object> Of(Type type) => type.Name switch
    {
        nameof(Frame) =>
        [
            new Frame(long.MaxValue, 3, 1, 0, 5_000_000_000, true, false, new byte[] { 1, 2, 3 }),
            new Frame(-1, 0, 0, 2, 0, false, true, Array.Empty<byte>()),
            new Frame(7, 1, 2, 3, 4, false, false, Parcels.Bytes(new(1), ConduitLimits.Standard.ChunkBytes)),
        ],
        nameof(FrameAck) => [new FrameAck(9, 1, 2, 0, 77, ulong.MaxValue), new FrameAck(0, 0, 0, 0, 0, 0)],
        nameof(Opening) => [new Opening(7, 2, 1, ["akka.tcp://marl@127.0.0.1:4053", "akka.ssl.tcp://marl@näher:1"]), new Opening(-7, 0, 0, ["a"])],
        nameof(Opened) => [new Opened(long.MinValue, 2, 1)],
        nameof(Closing) => [new Closing(7, int.MaxValue)],
        nameof(ClusterQuestion) => [new ClusterQuestion()],
        nameof(ClusterReport) =>
        [
            new ClusterReport([], 0, [], []),
            new ClusterReport(
                [new("127.0.0.1:4053", ["anchor", "learn"], "up"), new("näher:1", [], "unreachable")],
                7,
                ["akka.tcp://marl@127.0.0.1:4053"],
                [
                    new("mappo-spread", -3, 2, 5_000_000_000, "checkpoints/000000291200.checkpoint", [new("127.0.0.1:4053", ["learner", "team/agent-0"])], [new("a.x → b.y", 3, 4_000_000_000, 2)], ["akka.ssl.tcp://marl@näher:1"]),
                    new("p", 1, 1, 0, "", [], [], []),
                ]),
        ],
        _ => throw new InvalidOperationException($"{type.Name} has no sample; write one here."),
    };

    public static bool Same(object left, object right) => (left, right) switch
    {
        (Frame a, Frame b) => a.Bytes.Span.SequenceEqual(b.Bytes.Span) && a with { Bytes = b.Bytes } == b,
        _ => left.Equals(right),
    };
}
