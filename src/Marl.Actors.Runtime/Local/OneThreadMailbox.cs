using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Marl.Actors.Runtime.Local;

/// <summary>Mailboxes of actors that run on <see cref="OneThread"/>; Akka creates them by name.</summary>
internal sealed class OneThreadMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<OneThreadMailbox.Messages>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Messages();

    /// <summary>
    /// What actors of the same thread send lies in a plain queue, what others send in one for many threads. A sender keeps to one of
    /// them, so that what it sends stays in order; what comes from outside, orders of the run's leader mostly, is taken first.
    /// </summary>
    internal sealed class Messages : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private readonly Queue<Envelope> near = [];
        private readonly ConcurrentQueue<Envelope> far = new();
        private int farComes;  // 1 when something may lie there: looked at before every message, which the queue itself would make dear
        private int consumer;  // the thread that takes, once it has; until then everything comes from afar

        public bool HasMessages => near.Count > 0 || !far.IsEmpty;

        public int Count => near.Count + far.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            if (Environment.CurrentManagedThreadId == Volatile.Read(ref consumer))
            {
                near.Enqueue(envelope);
            }
            else
            {
                far.Enqueue(envelope);
                Volatile.Write(ref farComes, 1);
            }
        }

        public bool TryDequeue(out Envelope envelope)
        {
            Volatile.Write(ref consumer, Environment.CurrentManagedThreadId);
            return Take(out envelope);
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (Take(out var envelope))
            {
                deadletters.Enqueue(owner, envelope);
            }
        }

        private bool Take(out Envelope envelope) => (Volatile.Read(ref farComes) == 1 && TakeFar(out envelope)) || near.TryDequeue(out envelope);

        private bool TakeFar(out Envelope envelope)
        {
            Interlocked.Exchange(ref farComes, 0); // before looking: who comes in behind says so again
            if (!far.TryDequeue(out envelope))
            {
                return false;
            }

            Volatile.Write(ref farComes, 1); // there may be more
            return true;
        }
    }
}
