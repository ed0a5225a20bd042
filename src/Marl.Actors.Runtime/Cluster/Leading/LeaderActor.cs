using Akka.Actor;
using Akka.Event;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Supervision;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>
/// One epoch of a run that spans nodes: chooses them, brings them together, and lets <see cref="Direction"/> lead them. When a
/// node is lost the epoch is over: the next one begins on the nodes that are left, from the newest checkpoint, and whatever
/// the old one still says is not heard.
/// </summary>
internal sealed class LeaderActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LeaderPlan plan;
    private readonly IActorRef node;
    private readonly Roll roll;
    private readonly Activity activity = new();
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly HashSet<int> opened = [];
    private Values<Candidate> candidates = [];
    private IActorRef[] peers = [];
    private Phase phase = Phase.Recruiting;
    private readonly RunMeter meter = new();
    private Direction? direction; // once the nodes are chosen
    private RunTally? tally;      // likewise

    public LeaderActor(LeaderPlan plan, IActorRef node)
    {
        this.plan = plan;
        this.node = node;
        roll = new(Context.System);
    }

    private enum Phase
    {
        Recruiting,
        Opening,
        Directing,
        Over,
    }

    /// <summary>A timer has run out.</summary>
    private enum Alarm
    {
        Patience,
        Settled,
        Repeating,
        Telling,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => FailurePolicy.Strategy;

    protected override void PreStart()
    {
        node.Tell(new Nodes.Leading(plan.Claim.Run, plan.Claim.Epoch));
        roll.Watch(Self);
        Timers.StartSingleTimer("patience", Alarm.Patience, plan.Recruiting.Patience);
        Timers.StartSingleTimer("settled", Alarm.Settled, plan.Recruiting.Settling);
    }

    /// <summary>Whoever ends the actor system under a run ends the run; nobody waits for ever.</summary>
    protected override void PostStop()
    {
        roll.Unwatch(Self);
        meter.Dispose();
        plan.Done.TrySetResult(plan.Director.Failed(new Diagnostic(
            RunCodes.ShutDown,
            SourceSpan.Whole(plan.Topology.Graph.Name),
            $"The actors were shut down at {plan.Director.Steps} environment steps.",
            FailurePolicy.Saved(plan.Director.Checkpoint))));
    }

    protected override void OnReceive(object message)
    {
        try
        {
            if (phase != Phase.Over)
            {
                Handle(message);
            }
        }
        catch (Exception cause)
        {
            log.Error(cause, "the run failed at {Steps} environment steps", plan.Director.Steps);
            End(plan.Director.Failed(new StageFailure("results", null, cause)));
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case Frame frame when (uint)frame.From < (uint)peers.Length:
                peers[frame.From].Forward(frame);
                break;
            case FrameAck ack when (uint)ack.To < (uint)peers.Length:
                peers[ack.To].Forward(ack);
                break;
            case ObservationParcel seen:
                direction!.Observe(seen);
                break;
            case IncomingNote note:
                Hear(note);
                break;
            case Opened answer when phase == Phase.Opening && answer.Run == plan.Claim.Run && answer.Epoch == plan.Claim.Epoch:
                opened.Add(answer.Self);
                if (opened.Count == candidates.Count)
                {
                    Direct();
                }

                break;
            case Alarm.Telling:
                Report();
                break;
            case Alarm alarm:
                Awake(alarm);
                break;
            case StageFailure failure:
                log.Error(failure.Cause, "{Stage} failed", failure.Stage);
                End(plan.Director.Failed(failure));
                break;
            case StopRun when direction is null:
                End(new(RunEnding.Stopped, plan.Director.Steps, [], plan.Director.Checkpoint));
                break;
            case StopRun:
                direction.Stop();
                break;
            default:
                Note(message);
                break;
        }
    }

    private void Awake(Alarm alarm)
    {
        switch (phase)
        {
            case Phase.Recruiting when alarm != Alarm.Repeating:
                Recruit(isLate: alarm == Alarm.Patience);
                break;
            case Phase.Opening when alarm == Alarm.Repeating:
                Open();
                break;
            case Phase.Opening or Phase.Directing when alarm == Alarm.Patience && direction is not { HasBegun: true }:
                Lost("a node that does not answer");
                break;
        }
    }

    /// <summary>A node has come or gone.</summary>
    private void Note(object message)
    {
        if (!roll.Note(message))
        {
            return;
        }

        if (phase == Phase.Recruiting)
        {
            Timers.StartSingleTimer("settled", Alarm.Settled, plan.Recruiting.Settling);
        }
        else if (candidates.FirstOrDefault(c => !roll.Knows(c.Address)) is { } gone)
        {
            Lost(gone.Address);
        }
    }

    private void Recruit(bool isLate)
    {
        var able = roll.Able(Roles.Of(plan.Topology.Graph));
        var missing = Placement.Missing(plan.Topology.Graph, able);
        if (missing.Count == 0 && (able.Count >= plan.Recruiting.Expected || isLate))
        {
            Choose(able);
        }
        else if (isLate)
        {
            End(plan.Director.Failed(Absent(missing)));
        }
    }

    private void Choose(Values<Candidate> able)
    {
        candidates = able;
        peers = [ActorRefs.Nobody, .. candidates.Select((c, i) => Context.ActorOf(
            plan.Dispatchers.Link(Props.Create(() => new PeerActor(
                new(plan.Claim.Run, plan.Claim.Epoch, HostTransport.Leader, i + 1), ActorPath.Parse(c.Address + NodeActor.Path), new Receiver(Self), activity))),
            $"peer-{i + 1}"))];
        int[] owners = [.. Placement.Assign(plan.Topology, candidates).Select(host => host + 1)]; // participant 0 leads
        tally = new(plan, owners, candidates);
        direction = new(plan, owners, candidates.Count, (host, note) => peers[host].Tell(new OutgoingNote(note)), End);
        log.Info("{Pipeline}: epoch {Epoch} on {Nodes}", plan.Topology.Graph.Name, plan.Claim.Epoch, string.Join(", ", candidates.Select(c => c.Address)));
        phase = Phase.Opening;
        Timers.StartSingleTimer("patience", Alarm.Patience, plan.Recruiting.Patience);
        Timers.StartPeriodicTimer("repeat", Alarm.Repeating, Repeat, Repeat);
        Open();
    }

    private void Open()
    {
        Values<string> participants = [roll.Own, .. candidates.Select(c => c.Address)];
        for (var i = 1; i < participants.Count; i++)
        {
            if (!opened.Contains(i))
            {
                Tell(participants[i], new Opening(plan.Claim.Run, plan.Claim.Epoch, i, participants));
            }
        }
    }

    private void Direct()
    {
        phase = Phase.Directing;
        Timers.Cancel("repeat");
        direction!.Assign();
        Timers.StartPeriodicTimer("telling", Alarm.Telling, TimeSpan.Zero, Interval);
    }

    private void Hear(IncomingNote note)
    {
        switch (note.Kind)
        {
            case NoteKinds.Figures:
                tally!.Take(note.Body);
                break;
            case NoteKinds.Refused:
                End(plan.Director.Failed(FailureNotes.Read(note.Body, Name(note.From))));
                break;
            case NoteKinds.Failure:
                var failure = FailureNotes.Read(note.Body);
                log.Error("{Stage} failed on {Node}: {Message}", failure.Stage, Name(note.From), failure.Cause.Message);
                End(plan.Director.Failed(failure));
                break;
            default:
                direction!.Hear(note);
                break;
        }
    }

    private void Report()
    {
        var report = tally!.Report();
        meter.Update(report);
        node.Tell(report);
    }

    private string Name(int participant) => candidates[participant - 1].Address;

    private Diagnostic Absent(Values<string> roles) => new(
        ClusterCodes.NoNodeForRole,
        SourceSpan.Whole(plan.Topology.Graph.Name),
        $"No node of the cluster has the role {string.Join(" or ", roles.Select(r => $"'{r}'"))}, which stages of this pipeline are placed on.",
        $"Start one: marl node --join {roll.Own[(roll.Own.IndexOf('@') + 1)..]} --roles {string.Join(',', roles)}.");

    private void Lost(string who)
    {
        log.Warning("{Node} is lost: epoch {Epoch} is over", who, plan.Claim.Epoch);
        End(new(RunEnding.Interrupted, plan.Director.Steps, [], plan.Director.Checkpoint) { Lost = [who] });
    }

    private void End(RunOutcome outcome)
    {
        phase = Phase.Over;
        foreach (var candidate in candidates)
        {
            Tell(candidate.Address, new Closing(plan.Claim.Run, plan.Claim.Epoch));
        }

        plan.Done.TrySetResult(outcome);
    }

    private static void Tell(string address, object message) => Context.ActorSelection(ActorPath.Parse(address + NodeActor.Path)).Tell(message);

    /// <summary>Takes parcels on the peers' threads.</summary>
    private sealed class Receiver(IActorRef leader) : PeerActor.IReceiver
    {
        public void Take(int from, Parcel parcel) =>
            leader.Tell(parcel is NoteParcel note ? new IncomingNote(from, note.Kind, note.Body) : parcel, ActorRefs.NoSender);
    }
}
