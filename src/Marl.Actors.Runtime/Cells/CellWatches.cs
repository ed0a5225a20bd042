using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Cells;

/// <summary>Several watches of one cell, told in order.</summary>
internal sealed class CellWatches : ICellWatch
{
    private readonly ICellWatch[] watches;

    private CellWatches(ICellWatch[] watches) => this.watches = watches;

    /// <summary>What all watchers want of a cell, as one watch; null where nobody watches, which costs nothing.</summary>
    public static ICellWatch? Of(IEnumerable<ICellWatcher> watchers, CellAddress cell, Topology topology)
    {
        ICellWatch[] watches = [.. watchers.Select(w => w.Watch(cell, topology)).OfType<ICellWatch>()];
        return watches.Length switch { 0 => null, 1 => watches[0], _ => new CellWatches(watches) };
    }

    public void Began(StageSnapshot? from) => Array.ForEach(watches, w => w.Began(from));

    public void Brought(Link link, Message message)
    {
        foreach (var watch in watches)
        {
            watch.Brought(link, message);
        }
    }

    public void Entered(Link link, int position, Message message)
    {
        foreach (var watch in watches)
        {
            watch.Entered(link, position, message);
        }
    }

    public void Passed(Link link)
    {
        foreach (var watch in watches)
        {
            watch.Passed(link);
        }
    }

    public void Closed(Link link)
    {
        foreach (var watch in watches)
        {
            watch.Closed(link);
        }
    }

    public void Took(Firing firing)
    {
        foreach (var watch in watches)
        {
            watch.Took(firing);
        }
    }

    public void Asked(int port, bool isRead)
    {
        foreach (var watch in watches)
        {
            watch.Asked(port, isRead);
        }
    }

    public void Sent(int port, int peer, Message message)
    {
        foreach (var watch in watches)
        {
            watch.Sent(port, peer, message);
        }
    }

    public void Fired()
    {
        foreach (var watch in watches)
        {
            watch.Fired();
        }
    }

    public void Ended()
    {
        foreach (var watch in watches)
        {
            watch.Ended();
        }
    }
}
