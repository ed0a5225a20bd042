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
    private readonly int batches; // an update

    public BatchLearner(IBatchLearning learning, MessageLayout layout, StageContext context)
    {
        this.learning = learning;
        weights = new(BatchAlgorithm.Weights, learning.Groups.Select(g => (g.Spec, g.Agents.Select(a => a.Index).ToArray())), learning.Policy);
        (figures, metrics) = (new(layout), new(layout));
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

        if (!batch.IsAbsent)
        {
            learning.Run(batch, figures);
            figures.Count();
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
