using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Status;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// The list of what travels between nodes. A new record is one line here: its name on the wire, how it is written, how it is
/// read. The reader may rely on <see cref="WireReader"/>; anything left over is refused.
/// </summary>
internal static class WireRecords
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<WireRecord> All { get; } =
    [
        WireRecord.Of("frame", Frame.Write, Frame.Read),
        WireRecord.Of("ack", FrameAck.Write, FrameAck.Read),
        WireRecord.Of("opening", Opening.Write, Opening.Read),
        WireRecord.Of("opened", Opened.Write, Opened.Read),
        WireRecord.Of("closing", Closing.Write, Closing.Read),
        WireRecord.Of("question", ClusterQuestion.Write, ClusterQuestion.Read),
        WireRecord.Of("report", ClusterReport.Write, ClusterReport.Read),
    ];
}
