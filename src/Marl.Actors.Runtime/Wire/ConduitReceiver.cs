namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// The receiving end of a conduit: gives parcels on in order, each once, and says how far frames have arrived. It keeps at most
/// a window of early frames and the chunks of one parcel, as they came.
/// </summary>
/// <param name="key">Which conduit.</param>
/// <param name="limits">As at the other end.</param>
/// <param name="acknowledge">Sends an acknowledgement, which may be lost, doubled and overtaken.</param>
internal sealed class ConduitReceiver(ConduitKey key, ConduitLimits limits, Action<FrameAck> acknowledge)
{
    private readonly Dictionary<long, Frame> early = [];
    private readonly ParcelJoiner joiner = new(limits);
    private long expected;
    private int frames; // since the last acknowledgement,
    private int bytes;  // and bytes in them

    /// <summary>Which conduit.</summary>
    public ConduitKey Key => key;

    /// <summary>The number of the next frame; all before it have arrived.</summary>
    public long Expected => expected;

    /// <summary>Bytes kept: early frames, and chunks of a parcel that is not complete.</summary>
    public long HeldBytes => joiner.Bytes + early.Values.Sum(f => (long)f.Bytes.Length);

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="giveOn">Gets the parcels it completes, and with each the reference to its message.</param>
    /// <returns>False when it can't be meant: of another conduit, too far ahead or too large.</returns>
    /// <exception cref="WireException">The frame is meant and its parcels are none; the conduit can't go on.</exception>
    public bool Accept(Frame frame, Action<Parcel> giveOn)
    {
        if (frame.Key != key || frame.Number < 0 || frame.Number >= expected + limits.WindowFrames || frame.Bytes.Length > limits.ChunkBytes)
        {
            return false;
        }

        if (frame.Number != expected)
        {
            if (frame.Number > expected)
            {
                early.TryAdd(frame.Number, frame);
            }

            Acknowledge(); // what is known was sent again for want of it, and what is early shows a gap
            return true;
        }

        Take(frame, giveOn);
        while (early.Remove(expected, out var next))
        {
            Take(next, giveOn);
        }

        if (frames >= limits.FramesPerAck || bytes >= limits.WindowBytes / 4)
        {
            Acknowledge();
        }

        return true;
    }

    /// <summary>Time passes: acknowledges what has not been. To be called several times in a sender's timeout.</summary>
    public void Tick()
    {
        if (frames > 0)
        {
            Acknowledge();
        }
    }

    private void Take(Frame frame, Action<Parcel> giveOn)
    {
        expected++;
        frames++;
        bytes += frame.Bytes.Length;
        joiner.Take(frame, giveOn);
    }

    private void Acknowledge()
    {
        ulong held = 0;
        foreach (var number in early.Keys)
        {
            held |= 1UL << (int)(number - expected - 1);
        }

        (frames, bytes) = (0, 0);
        acknowledge(new(key.Run, key.Epoch, key.From, key.To, expected, held));
    }
}
