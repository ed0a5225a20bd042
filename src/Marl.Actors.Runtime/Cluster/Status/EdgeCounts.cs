using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>
/// What one host knows of the links that begin or end at its cells. Each figure is written by one cell's thread alone, and
/// read by any.
/// </summary>
internal sealed class EdgeCounts
{
    private readonly long[] messages;
    private readonly long[] bytes;
    private readonly int[] sent;  // newest version that went along
    private readonly int[] taken; // newest version that the consumer works with
    private readonly int[] late;  // most versions that were between what a token was made with and its consumer's own, since the last report

    public EdgeCounts(int links)
    {
        (messages, bytes) = (new long[links], new long[links]);
        (sent, taken, late) = (new int[links], new int[links], new int[links]);
        Array.Fill(sent, LinkFigures.Unknown);
        Array.Fill(taken, LinkFigures.Unknown);
        Array.Fill(late, LinkFigures.Unknown);
    }

    /// <summary>A token of so many bytes goes out; its stamp's update is its version, where it has one.</summary>
    public void Count(int link, long size, int version)
    {
        Volatile.Write(ref messages[link], messages[link] + 1);
        Volatile.Write(ref bytes[link], bytes[link] + size);
        Volatile.Write(ref sent[link], version);
    }

    /// <summary>The consumer works with a version from now on.</summary>
    public void Take(int link, int version) => Volatile.Write(ref taken[link], version);

    /// <summary>The consumer, at a version of its own, takes what was made with one that many versions older.</summary>
    public void TakeLate(int link, int versions) => Volatile.Write(ref late[link], Math.Max(late[link], versions));

    /// <summary>Those links of which there is anything to say.</summary>
    public byte[] Write()
    {
        var writer = new WireWriter();
        var known = Enumerable.Range(0, messages.Length).Where(l => Volatile.Read(ref messages[l]) > 0 || Volatile.Read(ref taken[l]) >= 0 || Volatile.Read(ref late[l]) >= 0).ToArray();
        writer.Small(known.Length);
        foreach (var link in known)
        {
            writer.Int(link);
            writer.Long(Volatile.Read(ref messages[link]));
            writer.Long(Volatile.Read(ref bytes[link]));
            writer.Int(Volatile.Read(ref sent[link]));
            writer.Int(Volatile.Read(ref taken[link]));
            writer.Int(Interlocked.Exchange(ref late[link], LinkFigures.Unknown));
        }

        return writer.ToArray();
    }

    /// <summary>What a host has written.</summary>
    /// <exception cref="WireException">It speaks of links that are not there.</exception>
    public static IEnumerable<(int Link, LinkFigures Figures)> Read(byte[] body, int links)
    {
        var reader = new WireReader(body);
        for (var left = reader.Count(links, 32); left > 0; left--)
        {
            var link = reader.Int();
            yield return (uint)link < (uint)links
                ? (link, new(reader.Long(), reader.Long(), reader.Int(), reader.Int(), reader.Int()))
                : throw new WireException($"There is no link {link} among {links}.");
        }
    }
}

/// <summary>A link, as one or both of its ends know it.</summary>
/// <param name="Messages">Tokens that went along.</param>
/// <param name="Bytes">Bytes of their floats.</param>
/// <param name="Sent">The newest version that went along.</param>
/// <param name="Taken">The newest version that its consumer works with.</param>
/// <param name="Late">Versions between what a token was made with and its consumer's own.</param>
internal readonly record struct LinkFigures(long Messages, long Bytes, int Sent, int Taken, int Late)
{
    /// <summary>In place of a version, or of a number of them.</summary>
    public const int Unknown = -1;

    /// <summary>Nothing is known of it.</summary>
    public static LinkFigures None { get; } = new(0, 0, Unknown, Unknown, Unknown);

    /// <summary>Versions that its consumer is behind, or that what it takes is.</summary>
    public int Lag => Late >= 0 ? Late : Sent >= 0 && Taken >= 0 ? Math.Max(0, Sent - Taken) : Unknown;

    /// <summary>With what the other end says, or the same one later.</summary>
    public LinkFigures With(LinkFigures other) => new(
        Math.Max(Messages, other.Messages), Math.Max(Bytes, other.Bytes), Math.Max(Sent, other.Sent), Math.Max(Taken, other.Taken), other.Late >= 0 ? other.Late : Late);
}
