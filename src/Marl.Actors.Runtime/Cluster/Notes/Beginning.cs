using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>The order to begin.</summary>
/// <param name="HoldAt">Where clocks hold first.</param>
/// <param name="States">The saved state of each of the host's cells, by cell; empty for a fresh run.</param>
internal sealed record Beginning(long HoldAt, IReadOnlyDictionary<int, StageSnapshot> States)
{
    public byte[] Write()
    {
        var writer = new WireWriter();
        writer.Long(HoldAt);
        writer.Small(States.Count);
        foreach (var (cell, state) in States)
        {
            writer.Int(cell);
            Snapshots.Write(writer, state);
        }

        return writer.ToArray();
    }

    public static Beginning Read(byte[] body)
    {
        var reader = new WireReader(body);
        var hold = reader.Long();
        var states = new Dictionary<int, StageSnapshot>();
        for (var left = reader.Count(int.MaxValue, 8); left > 0; left--)
        {
            var cell = reader.Int();
            states[cell] = Snapshots.Read(reader);
        }

        return new(hold, states);
    }
}
