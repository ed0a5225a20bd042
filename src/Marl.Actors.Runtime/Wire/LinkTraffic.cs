using System.Collections.Concurrent;

namespace Marl.Actors.Runtime.Wire;

/// <summary>What a link sent to another node so far.</summary>
/// <param name="Messages">Tokens, superseded ones included.</param>
/// <param name="PayloadBytes">Floats.</param>
/// <param name="WireBytes">Bytes of parcels: heads and floats, each chunk the first time it is sent.</param>
/// <param name="Resent">Frames sent again that begin with a token of this link.</param>
/// <param name="Superseded">Tokens given up for newer ones.</param>
internal readonly record struct LinkTraffic(long Messages, long PayloadBytes, long WireBytes, long Resent, long Superseded);

/// <summary>Counts a conduit's traffic. One thread counts, any may read.</summary>
internal sealed class Traffic
{
    private readonly ConcurrentDictionary<int, Counts> links = [];
    private Counts? latest;
    private long frames;
    private long resent;
    private long frameBytes;

    /// <summary>Frames, those sent again not counted.</summary>
    public long Frames => Volatile.Read(ref frames);

    /// <summary>Frames sent again.</summary>
    public long Resent => Volatile.Read(ref resent);

    /// <summary>Bytes of all frames, without the address in front of each.</summary>
    public long FrameBytes => Volatile.Read(ref frameBytes);

    /// <summary>By link, those that sent anything.</summary>
    public IReadOnlyDictionary<int, LinkTraffic> Links => links.ToDictionary(l => l.Key, l => l.Value.Read());

    public void Token(int link, long payload, long wire)
    {
        var counts = Of(link);
        Add(ref counts.Messages, 1);
        Add(ref counts.PayloadBytes, payload);
        Add(ref counts.WireBytes, wire);
    }

    public void Superseded(int link) => Add(ref Of(link).Superseded, 1);

    public void Frame(int bytes)
    {
        Add(ref frames, 1);
        Add(ref frameBytes, bytes);
    }

    public void Again(int link, int bytes)
    {
        Add(ref resent, 1);
        Add(ref frameBytes, bytes);
        if (link >= 0)
        {
            Add(ref Of(link).Resent, 1);
        }
    }

    private static void Add(ref long count, long more) => Volatile.Write(ref count, count + more);

    private Counts Of(int link) => latest is { } l && l.Link == link ? l : latest = links.GetOrAdd(link, static n => new(n));

    private sealed class Counts(int link)
    {
        public int Link { get; } = link;

        public long Messages;
        public long PayloadBytes;
        public long WireBytes;
        public long Resent;
        public long Superseded;

        public LinkTraffic Read() => new(
            Volatile.Read(ref Messages), Volatile.Read(ref PayloadBytes), Volatile.Read(ref WireBytes), Volatile.Read(ref Resent), Volatile.Read(ref Superseded));
    }
}
