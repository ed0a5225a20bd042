using Akka.Actor;
using Akka.Event;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>
/// The door of a node, at <see cref="Path"/>: begins and ends its part of runs, and hands frames to whom they are for. Frames
/// of an epoch that is over are dropped and counted: whoever was cut off or asleep while others took over is not heard.
/// </summary>
internal sealed class NodeActor : UntypedActor
{
    /// <summary>Where every node has it.</summary>
    public const string Path = "/user/marl";

    private readonly Func<PipelineSource, Result<Graph>> load;
    private readonly Dispatchers dispatchers;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Dictionary<(long Run, int Self), (int Epoch, IActorRef Actor)> parts = [];
    private readonly Dictionary<long, int> epochs = []; // the newest that was heard of, by run
    private readonly Dictionary<IActorRef, RunReport> led = []; // by leader
    private readonly Dictionary<long, string> leaders = [];     // of runs hosted here
    private long fenced;

    public NodeActor(Func<PipelineSource, Result<Graph>> load, Dispatchers dispatchers)
    {
        this.load = load;
        this.dispatchers = dispatchers;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Frame frame:
                Route(frame.Run, frame.To, frame.Epoch, frame);
                break;
            case FrameAck ack:
                Route(ack.Run, ack.From, ack.Epoch, ack);
                break;
            case Opening opening:
                Open(opening);
                break;
            case Closing closing:
                Close(closing.Run, closing.Epoch);
                break;
            case Leading leading:
                epochs[leading.Run] = leading.Epoch;
                parts[(leading.Run, HostTransport.Leader)] = (leading.Epoch, Sender);
                Context.Watch(Sender);
                break;
            case RunReport report:
                led[Sender] = report;
                break;
            case Terminated { ActorRef: var ended }:
                led.Remove(ended);
                break;
            case ClusterQuestion:
                Sender.Tell(Report());
                break;
        }
    }

    private void Route(long run, int self, int epoch, object message)
    {
        if (parts.TryGetValue((run, self), out var part) && part.Epoch == epoch)
        {
            part.Actor.Forward(message);
        }
        else if (epoch < epochs.GetValueOrDefault(run))
        {
            fenced++;
            if (fenced == 1 || fenced % 1000 == 0)
            {
                log.Warning("{Frames} frames of epochs that are over were dropped", fenced);
            }
        }

        // What is ahead of us is sent again until our part of it has begun.
    }

    private void Open(Opening opening)
    {
        if (opening.Epoch < epochs.GetValueOrDefault(opening.Run))
        {
            fenced++;
            return;
        }

        var key = (opening.Run, opening.Self);
        if (!parts.TryGetValue(key, out var part) || part.Epoch < opening.Epoch)
        {
            Close(opening.Run, opening.Epoch - 1);
            epochs[opening.Run] = opening.Epoch;
            var plan = new HostPlan(
                opening.Run, opening.Epoch, opening.Self, [.. opening.Participants.Select(p => ActorPath.Parse(p + Path))], load, dispatchers);
            leaders[opening.Run] = opening.Participants[HostTransport.Leader];
            parts[key] = (opening.Epoch, Context.ActorOf(
                dispatchers.Link(Props.Create(() => new HostActor(plan))), $"run-{opening.Run:x}-{opening.Epoch}-{opening.Self}"));
        }

        Sender.Tell(new Opened(opening.Run, opening.Epoch, opening.Self));
    }

    private ClusterReport Report()
    {
        var cluster = Akka.Cluster.Cluster.Get(Context.System);
        var unreachable = cluster.State.Unreachable.Select(m => m.Address).ToHashSet();
        return new(
            [
                .. cluster.State.Members.Select(m => new MemberReport(
                    $"{m.Address.Host}:{m.Address.Port}", [.. m.Roles.Order(StringComparer.Ordinal)], unreachable.Contains(m.Address) ? "unreachable" : $"{m.Status}".ToLowerInvariant())),
            ],
            fenced,
            [.. parts.Keys.Where(k => k.Self != HostTransport.Leader).Select(k => leaders[k.Run]).Distinct()],
            [.. led.Values]);
    }

    /// <summary>Ends what is left of an epoch and those before it.</summary>
    private void Close(long run, int epoch)
    {
        foreach (var (key, part) in parts.Where(p => p.Key.Run == run && p.Value.Epoch <= epoch && p.Key.Self != HostTransport.Leader).ToArray())
        {
            parts.Remove(key);
            Context.Stop(part.Actor);
        }
    }
}
