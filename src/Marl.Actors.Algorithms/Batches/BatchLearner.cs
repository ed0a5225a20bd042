using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>
/// The stage of a <see cref="BatchAlgorithm"/>: sends every agent its first policy, then takes batch after batch and answers the last
/// of each update with improved ones.
/// </summary>
internal sealed class BatchLearner : IStage
{
    private static readonly Needs OneBatch = new(1);

    private readonly IBatchLearning learning;
    private readonly BatchFigures figures;
    private readonly PolicyWeights weights;
    private readonly MessagePool metrics;
    private readonly ItemErrors errors;
    private readonly int batches; // an update

    public BatchLearner(IBatchLearning learning, MessageLayout layout, StageContext context)
    {
        this.learning = learning;
        weights = new(BatchAlgorithm.Weights, learning.Groups.Select(g => (g.Spec, g.Agents.Select(a => a.Index).ToArray())), learning.Policy);
        (figures, metrics) = (new(layout), new(layout));
        errors = new(context.Types.Input("batches").Get<int>("items"));
        batches = context.Types.Input("batches").Get<int>("updates");
    }

    public Needs Needs => OneBatch;

    public void Start(IOutputs outputs) => weights.Send(0, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        var batch = firing[BatchAlgorithm.Batches];
        if (batch.Stamp.Step == 0)
        {
            figures.Clear();
        }

        var isAsked = outputs.IsRead(BatchAlgorithm.Priorities);
        if (!batch.IsAbsent)
        {
            errors.Clear();
            learning.Run(batch, figures, isAsked ? errors : null);
            figures.Count();
        }

        if (isAsked)
        {
            outputs.Send(BatchAlgorithm.Priorities, batch.IsAbsent ? Message.Absent(batch.Stamp) : errors.Tell(batch.Stamp));
        }

        if (batch.Stamp.Step == batches - 1)
        {
            weights.Send(batch.Stamp.Update + 1, outputs);
            var message = metrics.Rent(new(batch.Stamp.Update));
            figures.Write(message.WriteBlock());
            outputs.Send(BatchAlgorithm.Metrics, message);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        learning.Save(snapshot);
        figures.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        learning.Load(snapshot);
        figures.Load(snapshot);
    }

    public void Dispose() => learning.Dispose();
}
