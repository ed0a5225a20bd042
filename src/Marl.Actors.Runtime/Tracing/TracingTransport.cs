using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Tracing;

/// <summary>Records what passes and passes it on. Cells and actors don't know of it; where nobody traces it is not there.</summary>
internal sealed class TracingTransport(ITransport inner, LinkRecord[] records) : ITransport
{
    private long order;

    public void Deliver(Link link, Message message)
    {
        // Before it is passed on: afterwards the consumer may release it.
        records[link.Id].Add(message, Interlocked.Increment(ref order));
        inner.Deliver(link, message);
    }

    public void End(Link link)
    {
        records[link.Id].End();
        inner.End(link);
    }

    public void Grant(Link link, int credits) => inner.Grant(link, credits);

    public int Collect(Link link) => inner.Collect(link);

    public void Observe(CellAddress producer, int output, int peer, Message message) => inner.Observe(producer, output, peer, message);
}
