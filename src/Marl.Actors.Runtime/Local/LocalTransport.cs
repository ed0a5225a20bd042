using Akka.Actor;
using Marl.Actors.Core.Messages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Local;

/// <summary>Carries tokens between the actors of one process.</summary>
internal sealed class LocalTransport(Activity activity) : ITransport
{
    private Ring[] rings = [];
    private Purse[] purses = [];
    private IActorRef[] cells = [];
    private IActorRef observer = ActorRefs.Nobody;

    /// <summary>Told once, before the first message: the actor of each cell, by index.</summary>
    public void Connect(IActorRef[] actors, IActorRef observing, Topology topology)
    {
        cells = actors;
        observer = observing;
        rings = [.. topology.Links.Select(link => new Ring(link))];
        purses = [.. topology.Links.Select(link => new Purse(link))];
    }

    public void Deliver(Link link, Message message)
    {
        activity.Enter();
        cells[link.Consumer.Index].Tell(rings[link.Id].Next(message), ActorRefs.NoSender);
    }

    public void End(Link link)
    {
        activity.Enter();
        cells[link.Consumer.Index].Tell(new StreamEnd(link), ActorRefs.NoSender);
    }

    public void Grant(Link link, int credits)
    {
        var purse = purses[link.Id];
        if (purse.Give(credits))
        {
            activity.Enter();
            cells[link.Producer.Index].Tell(purse.Message, ActorRefs.NoSender);
        }
    }

    public int Collect(Link link) => purses[link.Id].Take();

    /// <summary>A token that was sent will not come: a newer one has taken its place.</summary>
    public void Skip(Link link)
    {
        activity.Enter();
        cells[link.Consumer.Index].Tell(new Skipped(link), ActorRefs.NoSender);
    }

    public void Observe(CellAddress producer, int output, int peer, Message message)
    {
        activity.Enter();
        observer.Tell(new Observation(producer, output, peer, message), ActorRefs.NoSender);
    }

    /// <summary>
    /// The link's envelopes. Credits bound how many are in use, so the oldest is free again by the time the ring comes
    /// round. Only the producer's actor turns the ring.
    /// </summary>
    private sealed class Ring(Link link)
    {
        // One more than twice the capacity: a token in the lane still counts against the credits, a grown edge doubles.
        private Delivery[] envelopes = [.. Enumerable.Range(0, (2 * link.Edge.Capacity) + 1).Select(_ => new Delivery(link))];
        private int next;

        public Delivery Next(Message message)
        {
            var envelope = envelopes[next];
            if (envelope.Message is not null)
            {
                envelopes = [.. Enumerable.Range(0, envelopes.Length * 2).Select(_ => new Delivery(link))];
                envelope = envelopes[next = 0];
            }

            next = next + 1 == envelopes.Length ? 0 : next + 1;
            envelope.Message = message;
            return envelope;
        }
    }
}
