namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// A piece of a conduit: several small parcels whole, or one chunk of a large one. Frames of a conduit are numbered from 0.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The epoch; what comes of an older one is not listened to.</param>
/// <param name="From">The sending node's number.</param>
/// <param name="To">The receiving node's number.</param>
/// <param name="Number">Its place.</param>
/// <param name="IsLast">A parcel ends with it.</param>
/// <param name="IsVoid">The parcel is superseded and what came of it before is to be forgotten; the bytes are the link's number.</param>
/// <param name="Bytes">The piece.</param>
internal sealed record Frame(long Run, int Epoch, int From, int To, long Number, bool IsLast, bool IsVoid, ReadOnlyMemory<byte> Bytes) : IWireRecord
{
    /// <summary>The conduit it belongs to.</summary>
    public ConduitKey Key => new(Run, Epoch, From, To);

    public static void Write(WireWriter to, Frame frame)
    {
        to.Long(frame.Run);
        to.Int(frame.Epoch);
        to.Int(frame.From);
        to.Int(frame.To);
        to.Long(frame.Number);
        to.Flag(frame.IsLast);
        to.Flag(frame.IsVoid);
        to.Raw(frame.Bytes.Span);
    }

    public static Frame Read(WireReader from) =>
        new(from.Long(), from.Int(), from.Int(), from.Int(), from.Long(), from.Flag(), from.Flag(), from.Raw(from.Left));
}

/// <summary>Says how far a conduit's frames have arrived. <c>From</c> and <c>To</c> are the conduit's, so it travels from <c>To</c> to <c>From</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="From">The node that sends the frames.</param>
/// <param name="To">The node that acknowledges them.</param>
/// <param name="Expected">All frames before that number have arrived.</param>
/// <param name="Held">Bit i: frame <c>Expected + 1 + i</c> has arrived too.</param>
internal sealed record FrameAck(long Run, int Epoch, int From, int To, long Expected, ulong Held) : IWireRecord
{
    /// <summary>The conduit it speaks of.</summary>
    public ConduitKey Key => new(Run, Epoch, From, To);

    public static void Write(WireWriter to, FrameAck ack)
    {
        to.Long(ack.Run);
        to.Int(ack.Epoch);
        to.Int(ack.From);
        to.Int(ack.To);
        to.Long(ack.Expected);
        to.Long((long)ack.Held);
    }

    public static FrameAck Read(WireReader from) => new(from.Long(), from.Int(), from.Int(), from.Int(), from.Long(), (ulong)from.Long());
}
