using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Remote.Transport;

namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>The mailboxes of Akka's actors that frames go through: like the usual ones, and frames in them are counted.</summary>
/// <param name="settings">Akka gives them.</param>
/// <param name="config">The dispatcher's.</param>
internal sealed class FrameMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<FrameQueue>
{
    /// <summary>Akka's settings that give them to whoever handles lines.</summary>
    public static string Hocon { get; } = $$"""
        akka.remote.default-remote-dispatcher.mailbox-type = "{{typeof(FrameMailbox).FullName}}, {{typeof(FrameMailbox).Assembly.GetName().Name}}"
        """;

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new FrameQueue(Backlog.Of(system));
}

/// <summary>One of them.</summary>
/// <param name="backlog">Counts.</param>
internal sealed class FrameQueue(Backlog backlog) : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private readonly UnboundedMessageQueue inner = new();
    private volatile bool isOver;

    /// <inheritdoc/>
    public bool HasMessages => inner.HasMessages;

    /// <inheritdoc/>
    public int Count => inner.Count;

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (envelope.Message is InboundPayload frame)
        {
            backlog.Add(frame.Payload.Length);
        }

        inner.Enqueue(receiver, envelope);
        Interlocked.MemoryBarrier(); // either this thread sees that it is over, or the one that ends it sees the message
        if (isOver)
        {
            while (TryDequeue(out _))
            {
                // The actor ended meanwhile: what nobody will take must not be counted for ever.
            }
        }
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        var isThere = inner.TryDequeue(out envelope);
        if (isThere && envelope.Message is InboundPayload frame)
        {
            backlog.Remove(frame.Payload.Length);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        isOver = true;
        Interlocked.MemoryBarrier();
        while (TryDequeue(out var envelope))
        {
            deadletters.Enqueue(owner, envelope);
        }
    }
}
