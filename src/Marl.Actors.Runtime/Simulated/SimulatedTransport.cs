using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Simulated;

/// <summary>
/// Carries tokens in one thread: each direction of each link is a queue, and the scheduler decides which queue moves next.
/// Order within a queue is kept, as every transport keeps it.
/// </summary>
internal sealed class SimulatedTransport(IRunObserver observer) : ITransport
{
    private readonly List<Lines> lines = [];
    private readonly List<Queue<Action>> ready = []; // the queues that hold something
    private StageCell[] cells = [];

    /// <summary>Queues that can move.</summary>
    public int Ready => ready.Count;

    /// <summary>Told once, before the first token.</summary>
    public void Connect(StageCell[] all, Topology topology)
    {
        cells = all;
        lines.AddRange(topology.Links.Select(_ => new Lines(new(), new())));
    }

    /// <summary>Moves the head of one queue.</summary>
    /// <returns>The cell it reached.</returns>
    public void Move(int index)
    {
        var queue = ready[index];
        var step = queue.Dequeue();
        if (queue.Count == 0)
        {
            ready[index] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
        }

        step();
    }

    public void Deliver(Link link, Message message) => Forth(link, () => Arrive(link, message));

    public void End(Link link) => Forth(link, () => Arrive(link, null));

    public void Grant(Link link, int credits) =>
        Back(link, () => cells[link.Producer.Index].ReceiveGrant(link, credits));

    public void Observe(CellAddress producer, int output, int peer, Message message)
    {
        observer.Observe(producer.Node, producer.Node.Component.Outputs[output], peer, message);
        message.Release();
    }

    /// <summary>Does something where the link's consumer is, behind what is on its way there.</summary>
    public void Forth(Link link, Action step) => Enqueue(lines[link.Id].Tokens, step);

    /// <summary>Does something where the link's producer is, behind what is on its way there.</summary>
    public void Back(Link link, Action step) => Enqueue(lines[link.Id].Credits, step);

    /// <summary>Gives the consumer a token, or null for the end of the stream.</summary>
    public void Arrive(Link link, Message? message)
    {
        var cell = cells[link.Consumer.Index];
        if (message is not null)
        {
            cell.Input(link).Push(message);
        }
        else
        {
            cell.Input(link).End();
        }

        cell.Settle(link);
    }

    private void Enqueue(Queue<Action> queue, Action step)
    {
        if (queue.Count == 0)
        {
            ready.Add(queue);
        }

        queue.Enqueue(step);
    }

    /// <summary>The two directions of a link: tokens forth (ends among them, behind the last), credits back.</summary>
    private sealed record Lines(Queue<Action> Tokens, Queue<Action> Credits);
}
