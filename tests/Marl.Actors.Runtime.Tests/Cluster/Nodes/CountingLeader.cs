using Akka.Actor;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Tests.Cluster.Nodes;

/// <summary>Leads hosts of this process to the end of an epoch and counts what is said. Nobody is recruited: it is told who hosts.</summary>
internal sealed class CountingLeader(LeaderPlan plan, int[] owners, ActorPath[] hosts, NoteCounts counts) : UntypedActor
{
    private readonly Activity activity = new();
    private IActorRef[] peers = [];
    private Direction direction = null!;

    protected override void PreStart()
    {
        peers = [ActorRefs.Nobody, .. hosts.Select((path, i) => Context.ActorOf(plan.Dispatchers.Link(Props.Create(() => new PeerActor(
            new(plan.Claim.Run, plan.Claim.Epoch, HostTransport.Leader, i + 1), path, new Receiver(Self), activity)))))];
        direction = new(plan, owners, hosts.Length, Tell, outcome => plan.Done.TrySetResult(outcome));
        direction.Assign();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Frame frame:
                peers[frame.From].Forward(frame);
                break;
            case FrameAck ack:
                peers[ack.To].Forward(ack);
                break;
            case ObservationParcel seen:
                direction.Observe(seen);
                break;
            case IncomingNote note:
                counts.Heard(note);
                direction.Hear(note);
                break;
        }
    }

    private void Tell(int host, NoteParcel note)
    {
        counts.Told();
        peers[host].Tell(new OutgoingNote(note));
    }

    private sealed class Receiver(IActorRef leader) : PeerActor.IReceiver
    {
        public void Take(int from, Parcel parcel) =>
            leader.Tell(parcel is NoteParcel note ? new IncomingNote(from, note.Kind, note.Body) : parcel, ActorRefs.NoSender);
    }
}

/// <summary>Notes between a leader and its hosts, and what the hosts have said of their crossings.</summary>
/// <param name="hosts">How many hosts.</param>
internal sealed class NoteCounts(int hosts)
{
    private readonly Stillness[] last = new Stillness[hosts];

    /// <summary>Notes either way, but for figures, which come by the clock.</summary>
    public long Notes { get; private set; }

    /// <summary>What the hosts have sent and received, each crossing counted at both ends.</summary>
    public long Crossings => last.Sum(s => s.Sent + s.Received);

    /// <summary>A note of the leader's.</summary>
    public void Told() => Notes++;

    /// <summary>A note of a host's.</summary>
    public void Heard(IncomingNote note)
    {
        Notes += note.Kind == NoteKinds.Figures ? 0 : 1;
        if (note.Kind is NoteKinds.Quiet or NoteKinds.Answer)
        {
            var reader = new WireReader(note.Body);
            _ = note.Kind == NoteKinds.Answer ? reader.Int() : 0;
            last[note.From - 1] = Stillnesses.Read(reader);
        }
    }
}
