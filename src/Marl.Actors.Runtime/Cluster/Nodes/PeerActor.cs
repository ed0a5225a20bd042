using Akka.Actor;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>
/// This participant's end of the line to another one: a conduit each way. What the network loses or doubles while it is cut
/// and mended is made good here; a node that is gone is the leader's business.
/// </summary>
internal sealed class PeerActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly int other;
    private readonly ActorPath path;
    private readonly IReceiver receiver;
    private readonly Activity activity;
    private readonly ConduitSender sender;
    private readonly ConduitReceiver inbound;
    private IActorRef remote = ActorRefs.Nobody;
    private bool isFlushing;

    public PeerActor(ConduitKey line, ActorPath path, IReceiver receiver, Activity activity)
    {
        other = line.To;
        this.path = path;
        this.receiver = receiver;
        this.activity = activity;
        sender = new(line, ConduitLimits.Standard, Tell);
        inbound = new(line with { From = line.To, To = line.From }, ConduitLimits.Standard, Tell);
    }

    /// <summary>Whoever takes parcels, on this actor's thread.</summary>
    internal interface IReceiver
    {
        /// <summary>Takes over the parcel.</summary>
        void Take(int from, Parcel parcel);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("beat", Word.Beat, Beat, Beat);
        Find();
    }

    protected override void PostStop() => sender.Dispose();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Outgoing outgoing:
                sender.Send(outgoing.Parcel, outgoing.IsSupersedable);
                FlushSoon();
                activity.Leave();
                break;
            case OutgoingNote outgoing:
                sender.Send(outgoing.Note);
                FlushSoon();
                break;
            case Word.Flush:
                isFlushing = false;
                sender.Flush(Now);
                break;
            case Frame frame:
                Accept(frame);
                break;
            case FrameAck ack:
                sender.Acknowledge(ack, Now);
                break;
            case Word.Beat:
                if (remote.IsNobody())
                {
                    Find();
                }

                inbound.Tick();
                sender.Tick(Now);
                break;
            case ActorIdentity { Subject: { } found }:
                remote = found;
                sender.Tick(Now);
                break;
        }
    }

    private static TimeSpan Now => System.Diagnostics.Stopwatch.GetElapsedTime(0);

    /// <summary>Behind what waits in the mailbox already: small parcels then share a frame.</summary>
    private void FlushSoon()
    {
        if (!isFlushing)
        {
            isFlushing = true;
            Self.Tell(Word.Flush);
        }
    }

    private void Accept(Frame frame)
    {
        try
        {
            inbound.Accept(frame, parcel => receiver.Take(other, parcel));
        }
        catch (WireException e)
        {
            Context.Parent.Tell(new StageFailure($"the line to {path.Address}", null, e));
            throw;
        }
    }

    private void Find() => Context.ActorSelection(path).Tell(new Identify(other));

    private void Tell(object message)
    {
        // Until the other one is found, what is not sent is not acknowledged and sent again.
        if (!remote.IsNobody())
        {
            remote.Tell(message, ActorRefs.NoSender);
        }
    }

    /// <summary>What the peer says to itself.</summary>
    private enum Word
    {
        Beat,
        Flush,
    }
}
