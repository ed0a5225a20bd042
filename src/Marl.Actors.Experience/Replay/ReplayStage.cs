using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// The stage of <see cref="ReplayComponents"/>: takes one set of rollouts, then sends as many batches as an update has. What is drawn
/// depends on (seed, stage, update, batch) and on what is held, so the same run draws the same.
/// </summary>
internal sealed class ReplayStage : IStage
{
    private readonly ReplayOptions options;
    private readonly StageContext context;
    private readonly Timelines memory;
    private readonly MessagePool batches;
    private readonly Message[] rollouts;
    private readonly Message[] states; // T + 1, or none
    private readonly Needs first;
    private readonly Needs later;
    private Message? held;             // the last state token of the rollouts before

    public ReplayStage(ReplayOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var type = context.Types.Output("batches");
        var agents = BatchMessages.Agents(type);
        var length = context.Types.Input("rollouts").Get<int>("length");
        batches = new(BatchMessages.Layout(type));
        rollouts = new Message[agents.Count];
        states = new Message[context.Types.Peers("state") > 0 ? length + 1 : 0];
        memory = new(
            new(agents.Sum(a => a.Observation.Width), agents.Sum(a => a.MaskWidth), agents.Sum(a => a.Action.Width), agents.Count, type.Get<int>("state")),
            context.Types.Input("rollouts").Get<int>("copies"),
            options.Capacity);
        (first, later) = (new(1, states.Length), new(1, Math.Max(0, states.Length - 1)));
    }

    public Needs Needs => held is null ? first : later;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        Take(firing);
        memory.Add(new(rollouts, states));
        var update = rollouts[0].Stamp.Update;
        KeepLastState();
        var isReady = (options.Unit == ReplayUnit.Episode ? memory.Episodes : memory.Transitions) >= options.Warmup;
        for (var batch = 0; batch < options.Updates; batch++)
        {
            outputs.Send(ReplayComponents.Batches, isReady ? Draw(new(update, batch)) : Message.Absent(new(update, batch)));
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        memory.Save(snapshot);
        snapshot.Put("replay.has-state", held is null ? (byte)0 : (byte)1);
        if (held is not null)
        {
            snapshot.PutMessage("replay.state", held);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        memory.Load(snapshot);
        held = snapshot.GetOne<byte>("replay.has-state") == 1 ? snapshot.GetMessage("replay.state") : null;
    }

    public void Dispose()
    {
        held?.Release();
        held = null;
    }

    /// <summary>Every item is drawn from all places with the same probability; places where none begins are drawn again.</summary>
    private Message Draw(Stamp stamp)
    {
        var message = batches.Rent(stamp);
        var writer = new BatchWriter(message);
        var random = context.Key.Derive(stamp).Stream();
        for (var item = 0; item < options.Batch;)
        {
            var (copy, offset) = (random.NextInt(memory.Copies), random.NextInt(memory.Reached));
            var length = memory.Length(copy, offset, options.Unit, options.Length);
            if (length > 0)
            {
                memory.Write(copy, offset, length, writer, item++);
            }
        }

        return message;
    }

    private void Take(Firing firing)
    {
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            rollouts[agent] = firing[ReplayComponents.Rollouts, agent];
        }

        if (states.Length == 0)
        {
            return;
        }

        var count = firing.Count(ReplayComponents.State);
        var begin = states.Length - count;
        if (begin == 1)
        {
            states[0] = held!;
        }

        for (var i = 0; i < count; i++)
        {
            states[begin + i] = firing[ReplayComponents.State, 0, i];
        }
    }

    private void KeepLastState()
    {
        if (states.Length > 0)
        {
            held?.Release();
            held = states[^1].Retain();
            Array.Clear(states);
        }

        Array.Clear(rollouts);
    }
}
