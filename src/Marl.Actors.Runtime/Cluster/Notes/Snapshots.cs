using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>Saved states of stages on the wire.</summary>
internal static class Snapshots
{
    public static void Write(WireWriter writer, StageSnapshot snapshot)
    {
        writer.Small(snapshot.Entries.Count);
        foreach (var (key, bytes) in snapshot.Entries)
        {
            writer.Text(key);
            writer.Bytes(bytes);
        }
    }

    public static StageSnapshot Read(WireReader reader)
    {
        var snapshot = new StageSnapshot();
        for (var left = reader.Count(int.MaxValue, 2); left > 0; left--)
        {
            var key = reader.Text();
            snapshot.PutBytes(key, reader.Bytes(int.MaxValue).ToArray());
        }

        return snapshot;
    }
}
