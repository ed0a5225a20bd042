using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;

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
    private readonly StateTokens states;
    private readonly Needs first;
    private readonly Needs later;

    public ReplayStage(ReplayOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var type = context.Types.Output("batches");
        var agents = BatchMessages.Agents(type);
        var length = context.Types.Input("rollouts").Get<int>("length");
        batches = new(BatchMessages.Layout(type));
        rollouts = new Message[agents.Count];
        states = new(ReplayComponents.State, context.Types.Peers("state") > 0 ? length : 0);
        memory = new(
            new(agents.Sum(a => a.Observation.Width), agents.Sum(a => a.MaskWidth), agents.Sum(a => a.Action.Width), agents.Count, type.Get<int>("state")),
            context.Types.Input("rollouts").Get<int>("copies"),
            options.Capacity);
        (first, later) = (new(1, states.Needed), new(1, Math.Max(0, states.Needed - 1)));
    }

    public Needs Needs => states.Needed == first[ReplayComponents.State] ? first : later;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        Take(firing);
        memory.Add(new(rollouts, states.All));
        var update = rollouts[0].Stamp.Update;
        states.Keep();
        Array.Clear(rollouts);
        var isReady = (options.Unit == ReplayUnit.Episode ? memory.Episodes : memory.Transitions) >= options.Warmup;
        for (var batch = 0; batch < options.Updates; batch++)
        {
            outputs.Send(ReplayComponents.Batches, isReady ? Draw(new(update, batch)) : Message.Absent(new(update, batch)));
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        memory.Save(snapshot);
        states.Save(snapshot, "replay");
    }

    public void Load(StageSnapshot snapshot)
    {
        memory.Load(snapshot);
        states.Load(snapshot, "replay");
    }

    public void Dispose() => states.Dispose();

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

        states.Take(firing);
    }
}
