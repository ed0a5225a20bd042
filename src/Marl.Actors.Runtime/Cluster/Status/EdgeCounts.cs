using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>Tokens and bytes that the cells of one host have sent, by link. Each link is counted by its producer's thread alone, and read by any.</summary>
internal sealed class EdgeCounts(int links)
{
    private readonly long[] messages = new long[links];
    private readonly long[] bytes = new long[links];

    /// <summary>A token of so many bytes.</summary>
    public void Count(int link, long size)
    {
        Volatile.Write(ref messages[link], messages[link] + 1);
        Volatile.Write(ref bytes[link], bytes[link] + size);
    }

    /// <summary>Those links that carried anything.</summary>
    public byte[] Write()
    {
        var writer = new WireWriter();
        writer.Small(Enumerable.Range(0, links).Count(l => Volatile.Read(ref messages[l]) > 0));
        for (var link = 0; link < links; link++)
        {
            if (Volatile.Read(ref messages[link]) is > 0 and var count)
            {
                writer.Int(link);
                writer.Long(count);
                writer.Long(Volatile.Read(ref bytes[link]));
            }
        }

        return writer.ToArray();
    }

    /// <summary>What a host has written.</summary>
    /// <exception cref="WireException">It speaks of links that are not there.</exception>
    public static IEnumerable<(int Link, long Messages, long Bytes)> Read(byte[] body, int links)
    {
        var reader = new WireReader(body);
        for (var left = reader.Count(links, 20); left > 0; left--)
        {
            var link = reader.Int();
            yield return (uint)link < (uint)links ? (link, reader.Long(), reader.Long()) : throw new WireException($"There is no link {link} among {links}.");
        }
    }
}
