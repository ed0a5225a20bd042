using Akka.Actor;
using Akka.Event;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Supervision;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>
/// One node's part of one epoch of a run: the actors of its cells, and a peer for each other participant. It does what the
/// leader's notes say and tells how it goes; it decides nothing. When its epoch is over it is stopped, and its cells with it.
/// </summary>
internal sealed class HostActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HostPlan plan;
    private readonly Activity activity = new();
    private readonly Crossings crossings = new();
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly List<CellStatus> answers = [];
    private IActorRef[] peers = [];
    private IActorRef[] actors = []; // by cell; nobody for those elsewhere
    private volatile HostedCells? hosted; // read on the peers' threads
    private Stillness told;

    public HostActor(HostPlan plan) => this.plan = plan;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => FailurePolicy.Strategy;

    protected override void PreStart()
    {
        activity.Listener = Self;
        peers = [.. plan.Participants.Select((path, i) => i == plan.Self ? ActorRefs.Nobody : Context.ActorOf(
            plan.Dispatchers.Link(Props.Create(() => new PeerActor(plan.LineTo(i), path, new Receiver(this, Self), activity))), $"peer-{i}"))];
    }

    protected override void PostStop() => hosted?.Dispose();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Frame frame when (uint)frame.From < (uint)peers.Length:
                peers[frame.From].Forward(frame);
                break;
            case FrameAck ack when (uint)ack.To < (uint)peers.Length:
                peers[ack.To].Forward(ack);
                break;
            case IncomingNote note:
                Obey(note);
                break;
            case FiguresAlarm:
                Tell(NoteKinds.Figures, hosted!.Counts.Write());
                break;
            case Quiescent:
                TellStillness();
                break;
            case CellStatus status:
                answers.Add(status);
                if (answers.Count == hosted!.Cells.Count)
                {
                    Tell(NoteKinds.Status, Statuses.Write([.. answers.OrderBy(a => a.Address.Index)]));
                    answers.Clear();
                }

                break;
            case StageFailure failure:
                log.Error(failure.Cause, "{Stage} failed", failure.Stage);
                Tell(NoteKinds.Failure, FailureNotes.Write(failure));
                break;
        }
    }

    private void Obey(IncomingNote note)
    {
        switch (note.Kind)
        {
            case NoteKinds.Assign:
                Make(Assignment.Read(note.Body));
                break;
            case NoteKinds.Begin:
                var beginning = Beginning.Read(note.Body);
                Order(cell => new Begin(beginning.HoldAt, beginning.States.GetValueOrDefault(cell.Address.Index)));
                break;
            case NoteKinds.Hold:
                var hold = new Hold(new WireReader(note.Body).Long());
                Order(_ => hold);
                break;
            case NoteKinds.Finish:
                Order(_ => Finish.Instance);
                break;
            case NoteKinds.Grow:
                Grow(note.Body);
                break;
            case NoteKinds.Ask:
                var request = new StatusRequest(new WireReader(note.Body).Flag());
                if (hosted is { Cells.Count: 0 })
                {
                    Tell(NoteKinds.Status, Statuses.Write([]));
                }

                // Not counted: it is asked only while nothing is under way anywhere, and it sets nothing in motion.
                TellAll(_ => request);
                break;
            case NoteKinds.Wave:
                var writer = new WireWriter();
                writer.Int(new WireReader(note.Body).Int());
                told = Now;
                Stillnesses.Write(writer, told);
                Tell(NoteKinds.Answer, writer.ToArray());
                break;
            case NoteKinds.AskTrail:
                Tell(NoteKinds.Trail, Trails.Write(hosted!.Trails));
                break;
        }
    }

    private Stillness Now => new(activity.IsQuiet, crossings.Sent, crossings.Received);

    private void Make(Assignment assignment)
    {
        var transport = new LocalTransport(activity);
        var made = plan.Load(assignment.Source).Then(graph =>
        {
            var topology = Topology.Of(graph);
            var counts = new EdgeCounts(topology.Links.Count);
            return HostedCells.Make(topology, assignment, plan.Self, new(transport, [.. assignment.Owners], plan.Self, peers, activity, crossings, counts), counts);
        });
        if (!made.IsSuccess)
        {
            log.Error("the pipeline can't be hosted: {Finding}", made.Diagnostics[0]);
            Tell(NoteKinds.Refused, FailureNotes.Write(made.Diagnostics));
            return;
        }

        hosted = made.Value;
        actors = [.. hosted.Topology.Cells.Select(_ => ActorRefs.Nobody)];
        foreach (var cell in hosted.Cells)
        {
            actors[cell.Address.Index] = Context.ActorOf(
                plan.Dispatchers.Place(Props.Create(() => new StageActor(cell, activity)), cell.Address.Node), cell.Address.Name.Replace('/', '.'));
        }

        transport.Connect(actors, ActorRefs.Nobody, hosted.Topology);
        log.Info("{Pipeline}: hosting {Cells}", hosted.Topology.Graph.Name, string.Join(", ", hosted.Cells.Select(c => c.Address.Name)));
        Timers.StartPeriodicTimer("figures", FiguresAlarm.Instance, Interval, Interval);
        Tell(NoteKinds.Ready, []);
    }

    /// <summary>Sends an order to every cell here, as one activity that came from outside.</summary>
    private void Order(Func<StageCell, object> message)
    {
        activity.Enter();
        crossings.CountReceived();
        TellAll(message);
        activity.Leave();
    }

    private void TellAll(Func<StageCell, object> message)
    {
        foreach (var cell in hosted!.Cells)
        {
            activity.Enter();
            actors[cell.Address.Index].Tell(message(cell));
        }
    }

    private void Grow(byte[] body)
    {
        var reader = new WireReader(body);
        activity.Enter();
        crossings.CountReceived();
        foreach (var link in Statuses.Links(reader, hosted!.Topology))
        {
            activity.Enter();
            actors[link.Consumer.Index].Tell(new GrowLink(link));
        }

        activity.Leave();
    }

    private void TellStillness()
    {
        var now = Now;
        if (now.IsQuiet && now != told)
        {
            told = now;
            var writer = new WireWriter();
            Stillnesses.Write(writer, now);
            Tell(NoteKinds.Quiet, writer.ToArray());
        }
    }

    private void Tell(string kind, byte[] body) => peers[HostTransport.Leader].Tell(new OutgoingNote(new(kind, body)));

    /// <summary>Time to say what went along the edges.</summary>
    private sealed record FiguresAlarm
    {
        public static FiguresAlarm Instance { get; } = new();
    }

    /// <summary>Takes parcels on the peers' threads.</summary>
    private sealed class Receiver(HostActor host, IActorRef self) : PeerActor.IReceiver
    {
        public void Take(int from, Parcel parcel)
        {
            if (parcel is NoteParcel note)
            {
                self.Tell(new IncomingNote(from, note.Kind, note.Body), ActorRefs.NoSender);
            }
            else
            {
                host.activity.Enter(); // credits may lie ready without a message to anybody: the leader must hear that they came
                host.hosted!.Take(parcel);
                host.crossings.CountReceived();
                host.activity.Leave();
            }
        }
    }
}
