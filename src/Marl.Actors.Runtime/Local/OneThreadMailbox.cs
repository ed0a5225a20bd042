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
        private int consumer; // the thread that takes, once it has; until then everything comes from afar

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

        private bool Take(out Envelope envelope) => (!far.IsEmpty && far.TryDequeue(out envelope)) || near.TryDequeue(out envelope);
    }
}
