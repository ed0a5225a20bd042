using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Simulated;

namespace Marl.Actors.Runtime.Faults;

/// <summary>Carries tokens over faulty links; cells don't know of it.</summary>
internal sealed class FaultyTransport(SimulatedTransport wire, FaultyLink[] links) : ITransport
{
    public void Deliver(Link link, Message message) => links[link.Id].Send(message);

    public void End(Link link) => links[link.Id].Send(null);

    public void Grant(Link link, int credits) => wire.Grant(link, credits);

    public void Observe(CellAddress producer, int output, int peer, Message message) => wire.Observe(producer, output, peer, message);

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
}
