namespace Marl.Actors.Runtime.Wire;

/// <summary>A frame that was sent and not acknowledged.</summary>
/// <param name="Frame">As it is to be sent again.</param>
/// <param name="Latest">The token it is of, if that may be superseded.</param>
/// <param name="Link">The link of the first token in it; −1 when there is none.</param>
internal sealed record SentFrame(Frame Frame, LatestToken? Latest, int Link)
{
    /// <summary>As it is to be sent again.</summary>
    public Frame Frame { get; set; } = Frame;

    /// <summary>When it was sent last.</summary>
    public TimeSpan SentAt { get; set; }

    /// <summary>It has arrived, but something before it has not.</summary>
    public bool IsHeld { get; set; }

    /// <summary>It was asked for by a gap, which is believed once.</summary>
    public bool WasMissed { get; set; }
}

/// <summary>The frames a conduit has sent and not heard of, in order.</summary>
internal sealed class SentFrames
{
    private readonly List<SentFrame> frames = []; // a window's worth: taking from the front is cheap

    /// <summary>The number of the first frame that is not acknowledged.</summary>
    public long First { get; private set; }

    /// <summary>The number of the next frame.</summary>
    public long Next => First + frames.Count;

    /// <summary>Frames.</summary>
    public int Count => frames.Count;

    /// <summary>Bytes in them.</summary>
    public int Bytes { get; private set; }

    /// <summary>By position.</summary>
    public SentFrame this[int index] => frames[index];

    public void Add(SentFrame frame)
    {
        frames.Add(frame);
        Bytes += frame.Frame.Bytes.Length;
    }

    /// <summary>All before a number have arrived, and some behind it.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Acknowledge(long expected, ulong held)
    {
        var gone = (int)Math.Clamp(expected - First, 0, frames.Count);
        for (var i = 0; i < gone; i++)
        {
            Bytes -= frames[i].Frame.Bytes.Length;
        }

        frames.RemoveRange(0, gone);
        First += gone;
        for (var i = 0; i < frames.Count; i++)
        {
            var bit = First + i - expected - 1;
            frames[i].IsHeld |= bit is >= 0 and < 64 && (held >> (int)bit & 1) == 1;
        }

        return gone > 0;
    }

    /// <summary>Puts the word that a token is superseded in place of its chunks.</summary>
    public void Void(LatestToken token, ReadOnlyMemory<byte> word)
    {
        foreach (var sent in frames)
        {
            if (ReferenceEquals(sent.Latest, token))
            {
                Bytes += word.Length - sent.Frame.Bytes.Length;
                sent.Frame = sent.Frame with { IsVoid = true, Bytes = word };
            }
        }
    }
}
