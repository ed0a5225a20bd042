using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// The stage of <see cref="ReplayComponents.Prioritised"/>: before each batch it takes one token of priorities, before the first of an
/// update also a set of rollouts. So which answers are heeded before which batch is drawn follows from the tokens already under way on
/// the edge (<c>delay(steps=n)</c>: all but the last n batches' answers), never from timing.
/// </summary>
internal sealed class PrioritisedStage : IStage
{
    private readonly PrioritisedOptions options;
    private readonly ReplayOptions memory;
    private readonly StageContext context;
    private readonly Intake intake;
    private readonly Priorities priorities;
    private readonly DrawnBatches drawn;
    private readonly MessagePool batches;
    private readonly Needs first;
    private readonly Needs later;
    private readonly Needs between = new(0, 0, 1);
    private int update;
    private int batch; // the next one of the update

    public PrioritisedStage(PrioritisedOptions options, StageContext context)
    {
        (this.options, memory, this.context) = (options, options.Memory, context);
        intake = new(memory, context, places => new(places, options.Alpha, options.Epsilon));
        priorities = intake.Past.Priorities!;
        drawn = new(memory.Batch);
        batches = new(BatchMessages.Layout(context.Types.Output("batches"), isWeighted: true));
        (first, later) = (new(1, intake.States, 1), new(1, Math.Max(0, intake.States - 1), 1));
    }

    public Needs Needs => batch > 0 ? between : intake.States == first[ReplayComponents.State] ? first : later;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        Heed(firing[ReplayComponents.Answers]);
        if (batch == 0)
        {
            update = intake.Take(firing);
        }

        var stamp = new Stamp(update, batch);
        batch = (batch + 1) % memory.Updates;
        outputs.Send(ReplayComponents.Batches, intake.Past.Items >= memory.Warmup ? Draw(stamp) : Message.Absent(stamp));
    }

    public void Save(StageSnapshot snapshot)
    {
        intake.Save(snapshot);
        drawn.Save(snapshot);
        snapshot.Put<int>("replay.next", [update, batch]);
    }

    public void Load(StageSnapshot snapshot)
    {
        intake.Load(snapshot);
        drawn.Load(snapshot);
        Span<int> next = stackalloc int[2];
        snapshot.GetInto("replay.next", next);
        (update, batch) = (next[0], next[1]);
    }

    public void Dispose() => intake.Dispose();

    /// <summary>Items get the priorities they were answered with, unless they have been forgotten since.</summary>
    private void Heed(Message answer)
    {
        if (answer.IsAbsent || drawn.Answer(answer.Stamp) is not { } items)
        {
            return;
        }

        var greatest = answer[PriorityMessages.Greatest];
        var mean = answer[PriorityMessages.Mean];
        for (var item = 0; item < memory.Batch; item++)
        {
            if (intake.Past.Find(items.Copies[item], items.Places[item]) is >= 0 and var at)
            {
                priorities.Judge(at, (options.Eta * greatest[item]) + ((1 - options.Eta) * mean[item]));
            }
        }
    }

    /// <summary>
    /// One item from each of B equal parts of Σ p^α (Schaul et al., appendix B.2.1), with weights w = (N P(i))^−β over the greatest of
    /// the batch (section 3.4).
    /// </summary>
    private Message Draw(Stamp stamp)
    {
        var (message, past, places) = (batches.Rent(stamp), intake.Past, drawn.Add(stamp));
        var writer = new BatchWriter(message);
        var weights = message.Write(BatchMessages.Weight);
        var random = context.Key.Derive(stamp).Stream();
        var (beta, part) = (Beta(stamp), priorities.Total / memory.Batch);
        var greatest = 0.0;
        for (var item = 0; item < memory.Batch; item++)
        {
            var at = priorities.Find((item + random.NextDouble()) * part);
            var (copy, offset) = past.Locate(at);
            past.Write(copy, offset, past.Length(copy, offset), writer, item);
            (places.Copies[item], places.Places[item]) = (copy, past.Number(copy, offset));
            var weight = Math.Pow(past.Items * priorities.Probability(at), -beta);
            weights[item] = (float)weight;
            greatest = Math.Max(greatest, weight);
        }

        for (var item = 0; item < memory.Batch; item++)
        {
            weights[item] = (float)(weights[item] / greatest);
        }

        return message;
    }

    /// <summary>β, on its way to 1. A run without an end keeps the first.</summary>
    private double Beta(Stamp stamp) =>
        options.Beta + ((1 - options.Beta) * Math.Min(1, (double)stamp.Update * intake.Length / context.VectorSteps));
}
