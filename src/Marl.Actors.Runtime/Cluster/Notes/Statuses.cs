using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>How a host's cells are, on the wire: cells and links by their positions in the topology, which is the same everywhere.</summary>
internal static class Statuses
{
    public static byte[] Write(IReadOnlyList<CellStatus> cells)
    {
        var writer = new WireWriter();
        writer.Small(cells.Count);
        foreach (var cell in cells)
        {
            writer.Int(cell.Address.Index);
            writer.Flag(cell.HasEnded);
            writer.Flag(cell.IsTrainingClock);
            writer.Flag(cell.IsHeld);
            writer.Long(cell.VectorSteps);
            Write(writer, cell.Blocked);
            Write(writer, cell.Starved);
            writer.Flag(cell.State is not null);
            if (cell.State is { } state)
            {
                Snapshots.Write(writer, state);
            }
        }

        return writer.ToArray();
    }

    /// <exception cref="WireException">The bytes are none of ours, or speak of cells that are not there.</exception>
    public static CellStatus[] Read(byte[] body, Topology topology)
    {
        var reader = new WireReader(body);
        var cells = new CellStatus[reader.Count(topology.Cells.Count, 18)];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = new(
                At(topology.Cells, reader.Int()), reader.Flag(), reader.Flag(), reader.Flag(), reader.Long(),
                Links(reader, topology), Links(reader, topology), reader.Flag() ? Snapshots.Read(reader) : null);
        }

        return cells;
    }

    /// <summary>The item of that position.</summary>
    public static T At<T>(IReadOnlyList<T> items, int index) =>
        (uint)index < (uint)items.Count ? items[index] : throw new WireException($"There is no number {index} among {items.Count}.");

    public static void Write(WireWriter writer, IReadOnlyList<Link> links)
    {
        writer.Small(links.Count);
        foreach (var link in links)
        {
            writer.Int(link.Id);
        }
    }

    public static Link[] Links(WireReader reader, Topology topology)
    {
        var links = new Link[reader.Count(topology.Links.Count, 4)];
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = At(topology.Links, reader.Int());
        }

        return links;
    }
}
