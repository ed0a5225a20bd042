using System.Collections.Concurrent;
using Akka.Actor;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Wire;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Nodes;

/// <summary>Another participant of a host's run, played by a test: its end of the line to the host, on the test's thread.</summary>
internal sealed class FarParticipant : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<object> heard = [];
    private readonly Queue<Parcel> parcels = new();
    private readonly IActorRef actor;
    private readonly ConduitSender sender;
    private readonly ConduitReceiver receiver;

    public FarParticipant(ActorSystem system, string name, ConduitKey toHost, Func<IActorRef> host)
    {
        actor = system.ActorOf(Props.Create(() => new Listener(heard)), name);
        sender = new(toHost, ConduitLimits.Standard, frame => host().Tell(frame));
        receiver = new(toHost with { From = toHost.To, To = toHost.From }, ConduitLimits.Standard, ack => host().Tell(ack));
    }

    /// <summary>Where the host finds it.</summary>
    public ActorPath Path => actor.Path;

    /// <summary>Sends a note.</summary>
    public void Say(string kind, byte[] body) => Send(new NoteParcel(kind, body));

    /// <summary>Sends a parcel.</summary>
    public void Send(Parcel parcel)
    {
        sender.Send(parcel);
        sender.Flush(default);
    }

    /// <summary>Waits until the host's end of the line has taken all that was sent.</summary>
    public void AwaitArrival()
    {
        while (!sender.IsIdle)
        {
            Listen();
        }
    }

    /// <summary>The next parcel of the host. What went along the edges, told every second, is passed over.</summary>
    public Parcel Hear()
    {
        while (true)
        {
            while (parcels.Count == 0)
            {
                Listen();
            }

            if (parcels.Dequeue() is var parcel && parcel is not NoteParcel { Kind: NoteKinds.Figures })
            {
                return parcel;
            }
        }
    }

    public void Dispose()
    {
        sender.Dispose();
        heard.Dispose();
    }

    private void Listen()
    {
        Assert.True(heard.TryTake(out var message, Patience), "The host says nothing.");
        if (message is FrameAck ack)
        {
            sender.Acknowledge(ack, default);
        }
        else
        {
            receiver.Accept(Assert.IsType<Frame>(message), parcels.Enqueue);
            receiver.Tick();
        }
    }

    private sealed class Listener(BlockingCollection<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Add(message);
    }
}
