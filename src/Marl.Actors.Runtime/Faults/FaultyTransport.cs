using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Faults;

/// <summary>
/// Carries tokens over faulty links; cells don't know of it. What a cell that was made anew sends or shows again, nobody but
/// the link's other end learns.
/// </summary>
/// <param name="wire">The network.</param>
/// <param name="links">By link id.</param>
/// <param name="recorder">Told of each token once; null where nobody records.</param>
internal sealed class FaultyTransport(SimulatedTransport wire, FaultyLink[] links, ITransport? recorder) : ITransport
{
    private readonly Dictionary<(int Cell, int Output, int Peer), (long Next, long Furthest)> shown = [];
    private int? sendsLeft; // of the cell that is about to crash

    public void Deliver(Link link, Message message)
    {
        Live();
        if (recorder is null)
        {
            links[link.Id].Send(message);
            return;
        }

        message.Retain();
        if (links[link.Id].Send(message))
        {
            recorder.Deliver(link, message);
        }

        message.Release();
    }

    public void End(Link link)
    {
        Live();
        if (links[link.Id].Send(null))
        {
            recorder?.End(link);
        }
    }

    public void Grant(Link link, int credits) => links[link.Id].Grant(credits);

    public void Observe(CellAddress producer, int output, int peer, Message message)
    {
        Live();
        var port = (producer.Index, output, peer);
        var (next, furthest) = shown.GetValueOrDefault(port);
        shown[port] = (next + 1, Math.Max(next + 1, furthest));
        if (next < furthest)
        {
            message.Release();
        }
        else
        {
            wire.Observe(producer, output, peer, message);
        }
    }

    /// <summary>Lets time pass on every link.</summary>
    /// <returns>False when nobody waited.</returns>
    public bool Expire()
    {
        var hasMoved = false;
        foreach (var link in links)
        {
            hasMoved |= link.Expire();
        }

        return hasMoved;
    }

    /// <summary>Fires a cell that crashes when it has sent that much, or when it has fired.</summary>
    public void FireLast(StageCell cell, int sends)
    {
        sendsLeft = sends;
        try
        {
            cell.TryFire();
        }
        catch (CrashException)
        {
        }

        sendsLeft = null;
    }

    /// <summary>How much a cell has shown to the run's observer, for a cell that may crash.</summary>
    public IReadOnlyDictionary<(int Cell, int Output, int Peer), long> Shown(CellAddress cell) =>
        shown.Where(s => s.Key.Cell == cell.Index).ToDictionary(s => s.Key, s => s.Value.Next);

    /// <summary>A cell is made anew and shows again what it showed since then; null for the beginning.</summary>
    public void Rewind(CellAddress cell, IReadOnlyDictionary<(int Cell, int Output, int Peer), long>? to)
    {
        foreach (var port in shown.Keys.Where(k => k.Cell == cell.Index).ToArray())
        {
            shown[port] = shown[port] with { Next = to?.GetValueOrDefault(port) ?? 0 };
        }
    }

    private void Live()
    {
        if (sendsLeft-- == 0)
        {
            throw new CrashException();
        }
    }

    /// <summary>Ends a firing in its middle.</summary>
    private sealed class CrashException : Exception;
}
