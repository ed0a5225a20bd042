using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Simulated;

/// <summary>
/// Carries tokens in one thread: each direction of each link is a queue, and the scheduler decides which queue moves next.
/// Order within a queue is kept, as every transport keeps it.
/// </summary>
internal sealed class SimulatedTransport : ITransport
{
    private readonly IRunObserver observer;
    private readonly Queue<Action>[] queues; // two a link: tokens forth (ends among them, behind the last), credits back
    private readonly ReadyList ready;        // the queues that hold something
    private StageCell[] cells = [];
    private ReadyList awake = new(0);

    public SimulatedTransport(IRunObserver observer, Topology topology)
    {
        this.observer = observer;
        queues = [.. Enumerable.Range(0, 2 * topology.Links.Count).Select(_ => new Queue<Action>())];
        ready = new(queues.Length);
    }

    /// <summary>Queues that can move.</summary>
    public int Ready => ready.Count;

    /// <summary>Told once, before the first token: the cells, and the list in which those are noted that something reached.</summary>
    public void Connect(StageCell[] all, ReadyList reached) => (cells, awake) = (all, reached);

    /// <summary>Moves the head of one queue.</summary>
    public void Move(int index)
    {
        var queue = queues[ready[index]];
        var step = queue.Dequeue();
        if (queue.Count == 0)
        {
            ready.RemoveAt(index);
        }

        step();
    }

    public void Deliver(Link link, Message message) => Forth(link, () => Arrive(link, message));

    public void End(Link link) => Forth(link, () => Arrive(link, null));

    public void Grant(Link link, int credits) => Back(link, () => Allow(link, credits));

    public void Observe(CellAddress producer, int output, int peer, Message message)
    {
        observer.Observe(producer.Node, producer.Node.Component.Outputs[output], peer, message);
        message.Release();
    }

    /// <summary>Does something where the link's consumer is, behind what is on its way there.</summary>
    public void Forth(Link link, Action step) => Enqueue(2 * link.Id, step);

    /// <summary>Does something where the link's producer is, behind what is on its way there.</summary>
    public void Back(Link link, Action step) => Enqueue((2 * link.Id) + 1, step);

    /// <summary>Gives the consumer a token, or null for the end of the stream.</summary>
    public void Arrive(Link link, Message? message)
    {
        var cell = cells[link.Consumer.Index];
        var input = cell.Input(link);
        if (message is not null)
        {
            input.Push(message);
        }
        else
        {
            input.End();
        }

        cell.Settle(input);
        awake.Add(link.Consumer.Index);
    }

    /// <summary>Gives the producer credits.</summary>
    public void Allow(Link link, int credits)
    {
        cells[link.Producer.Index].ReceiveGrant(link, credits);
        awake.Add(link.Producer.Index);
    }

    private void Enqueue(int queue, Action step)
    {
        queues[queue].Enqueue(step);
        ready.Add(queue);
    }
}
