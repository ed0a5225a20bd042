using System.Numerics;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// The sending end of a conduit. Parcels wait until <see cref="Flush"/>, which puts small ones together into frames and cuts
/// large ones, as far as the window reaches; what is not acknowledged in time is sent again. No clock and no thread of its
/// own: whoever owns it says what time it is. What waits is bounded by the edges' credits.
/// </summary>
/// <param name="key">Which conduit.</param>
/// <param name="limits">As at the other end.</param>
/// <param name="transmit">Sends a frame, which may be lost, doubled and overtaken.</param>
internal sealed class ConduitSender(ConduitKey key, ConduitLimits limits, Action<Frame> transmit) : IDisposable
{
    private readonly SentFrames sent = new();
    private readonly FrameCutter cutter = new(limits);
    private readonly Dictionary<int, LatestToken> latest = []; // by link, the newest not known to have arrived
    private TimeSpan heardAt;      // or asked at
    private int timeouts;          // in a row
    private long recoverUpTo;      // frames before that number were under way when the line fell silent…
    private TimeSpan silentAt;     // …at this time

    /// <summary>Which conduit.</summary>
    public ConduitKey Key => key;

    /// <summary>What has been sent; any thread may read it.</summary>
    public Traffic Traffic => cutter.Traffic;

    /// <summary>Parcels that wait for the window, the one being cut included.</summary>
    public int Waiting => cutter.Waiting;

    /// <summary>Frames that were sent and not acknowledged.</summary>
    public int Unacknowledged => sent.Count;

    /// <summary>Bytes in them; the window and one chunk at most.</summary>
    public int UnacknowledgedBytes => sent.Bytes;

    /// <summary>Everything has arrived.</summary>
    public bool IsIdle => Waiting == 0 && Unacknowledged == 0;

    /// <summary>Takes a parcel, and the reference to the message in it.</summary>
    /// <param name="parcel">The parcel.</param>
    /// <param name="isSupersedable">A token that stands for every older one of its link: those not yet delivered need not be.</param>
    public void Send(Parcel parcel, bool isSupersedable = false)
    {
        if (!isSupersedable || parcel is not TokenParcel token)
        {
            cutter.Add(parcel, null);
            return;
        }

        var newest = new LatestToken(token);
        if (latest.TryGetValue(token.Link, out var older))
        {
            older.IsStale = true;
            if (older.FirstFrame is null)
            {
                GiveUp(older);
            }
        }

        latest[token.Link] = newest;
        cutter.Add(parcel, newest);
    }

    /// <summary>Sends what waits, as far as the window reaches.</summary>
    public void Flush(TimeSpan now)
    {
        if (sent.Count == 0)
        {
            heardAt = now;
        }

        while (sent.Count < limits.WindowFrames && sent.Bytes < limits.WindowBytes && cutter.Cut(key, sent.Next) is { } next)
        {
            next.SentAt = now;
            sent.Add(next);
            Traffic.Frame(next.Frame.Bytes.Length);
            transmit(next.Frame);
        }
    }

    /// <summary>The other end says how far the frames have arrived.</summary>
    /// <returns>False when it can't be meant.</returns>
    public bool Acknowledge(FrameAck ack, TimeSpan now)
    {
        if (ack.Key != key || ack.Expected > sent.Next || ack.Expected < 0)
        {
            return false;
        }

        if (sent.Acknowledge(ack.Expected, ack.Held))
        {
            (heardAt, timeouts) = (now, 0);
            Forget();
        }

        var behind = ack.Held == 0 ? ack.Expected : ack.Expected + 64 - BitOperations.LeadingZeroCount(ack.Held); // the last that has arrived
        for (var i = 0; i < sent.Count; i++)
        {
            var frame = sent[i];
            var isLost = frame.Frame.Number < recoverUpTo && frame.SentAt < silentAt;
            var isMissed = frame.Frame.Number < behind && !frame.WasMissed;
            if (!frame.IsHeld && (isLost || isMissed))
            {
                frame.WasMissed = true;
                Again(frame, now);
            }
        }

        Flush(now);
        return true;
    }

    /// <summary>Time passes. When nothing has been heard for too long, the first frame is sent again; the answer says what else is missing.</summary>
    public void Tick(TimeSpan now)
    {
        Flush(now);
        if (sent.Count == 0 || now - heardAt < Timeout())
        {
            return;
        }

        timeouts++;
        (heardAt, silentAt, recoverUpTo) = (now, now, sent.Next);
        for (var i = 0; i < sent.Count; i++)
        {
            sent[i].WasMissed = false;
            VoidIfStale(sent[i]);
        }

        Again(sent[0], now);
        Flush(now);
    }

    /// <summary>Releases what waits.</summary>
    public void Dispose() => cutter.Dispose();

    private TimeSpan Timeout()
    {
        var timeout = limits.FirstTimeout * (1 << Math.Min(timeouts, 16));
        return timeout < limits.LongestTimeout ? timeout : limits.LongestTimeout;
    }

    private void Again(SentFrame frame, TimeSpan now)
    {
        VoidIfStale(frame);
        frame.SentAt = now;
        Traffic.Again(frame.Link, frame.Frame.Bytes.Length);
        transmit(frame.Frame);
    }

    // A token that is partly there is finished while the line is alive, or a fast producer on a slow line would deliver nothing.
    private void VoidIfStale(SentFrame frame)
    {
        if (frame.Latest is { IsStale: true, IsVoid: false } stale && (stale.FirstFrame >= sent.First || timeouts > 1))
        {
            GiveUp(stale);
        }
    }

    private void GiveUp(LatestToken stale)
    {
        stale.Void();
        Traffic.Superseded(stale.Link);
        sent.Void(stale, FrameCutter.Word(stale.Link));
    }

    /// <summary>Forgets the tokens that have arrived.</summary>
    private void Forget()
    {
        foreach (var (link, token) in latest)
        {
            if (token.LastFrame < sent.First)
            {
                latest.Remove(link); // allowed while enumerating
            }
        }
    }
}
