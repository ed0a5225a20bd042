using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Impala;

/// <summary>The stage of <see cref="ImpalaComponent"/>: sends its first policy, then takes some rollouts and sends an improved one, again and again.</summary>
internal sealed class ImpalaLearner : IStage
{
    private readonly ImpalaUpdate update;
    private readonly ImpalaFigures figures = new();
    private readonly MessagePool weights;
    private readonly MessagePool metrics = new(ImpalaFigures.Layout);
    private readonly List<Message> taken = [];
    private readonly Needs needs;
    private readonly StageContext context;
    private readonly double stepsPerUpdate; // vector steps of the world between two updates
    private long updates;

    public ImpalaLearner(ImpalaOptions options, StageContext context)
    {
        this.context = context;
        update = new(options, context);
        weights = new(WeightsMessages.Layout(update.Spec.Network.Parameters));
        needs = new(options.Batch);
        var shardsALane = Math.Max(1, context.Shard.Heard / context.Types.Peers("rollouts")); // they share one where tokens are taken as they come
        stepsPerUpdate = (double)context.Types.Input("rollouts").Get<int>("length") * options.Batch / shardsALane;
    }

    public Needs Needs => needs;

    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : (long)(context.VectorSteps / stepsPerUpdate);

    public void Start(IOutputs outputs) => SendWeights(outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        for (var peer = 0; peer < firing.Peers(ImpalaComponent.Rollouts); peer++)
        {
            for (var k = 0; k < firing.Count(ImpalaComponent.Rollouts, peer); k++)
            {
                taken.Add(firing[ImpalaComponent.Rollouts, peer, k]);
            }
        }

        update.Run(taken, updates, TotalUpdates, figures);
        taken.Clear();
        var message = metrics.Rent(new((int)(updates * stepsPerUpdate / context.Iteration)));
        figures.Write(message.WriteBlock());
        updates++;
        SendWeights(outputs);
        outputs.Send(ImpalaComponent.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", updates);
        update.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        updates = snapshot.GetOne<long>("learner.updates");
        update.Load(snapshot);
    }

    public void Dispose() => update.Dispose();

    private void SendWeights(IOutputs outputs)
    {
        var message = weights.Rent(new((int)updates));
        update.Policy.CopyTo(message.Write(WeightsMessages.Parameters));
        outputs.Send(ImpalaComponent.Weights, message);
    }
}
