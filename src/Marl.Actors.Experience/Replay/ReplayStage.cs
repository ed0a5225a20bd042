using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// The stage of <see cref="ReplayComponents.Uniform"/>: takes one set of rollouts, then sends as many batches as an update has. What is
/// drawn depends on (seed, stage, update, batch) and on what is held, so the same run draws the same.
/// </summary>
internal sealed class ReplayStage : IStage
{
    private readonly ReplayOptions options;
    private readonly StageContext context;
    private readonly Intake intake;
    private readonly MessagePool batches;
    private readonly Needs first;
    private readonly Needs later;

    public ReplayStage(ReplayOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        intake = new(options, context);
        batches = new(BatchMessages.Layout(context.Types.Output("batches")));
        (first, later) = (new(1, intake.States), new(1, Math.Max(0, intake.States - 1)));
    }

    public Needs Needs => intake.States == first[ReplayComponents.State] ? first : later;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        var update = intake.Take(firing);
        var isReady = intake.Past.Items >= options.Warmup;
        for (var batch = 0; batch < options.Updates; batch++)
        {
            outputs.Send(ReplayComponents.Batches, isReady ? Draw(new(update, batch)) : Message.Absent(new(update, batch)));
        }
    }

    public void Save(StageSnapshot snapshot) => intake.Save(snapshot);

    public void Load(StageSnapshot snapshot) => intake.Load(snapshot);

    public void Dispose() => intake.Dispose();

    /// <summary>Every item is drawn from all places with the same probability; places where none begins are drawn again.</summary>
    private Message Draw(Stamp stamp)
    {
        var (message, past) = (batches.Rent(stamp), intake.Past);
        var writer = new BatchWriter(message);
        var random = context.Key.Derive(stamp).Stream();
        for (var item = 0; item < options.Batch;)
        {
            var (copy, offset) = (random.NextInt(past.Copies), random.NextInt(past.Reached));
            var length = past.Length(copy, offset);
            if (length > 0)
            {
                past.Write(copy, offset, length, writer, item++);
            }
        }

        return message;
    }
}
