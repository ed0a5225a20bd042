using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// The stage of <see cref="CriticComponents"/>: sends every agent its first policy, then takes batch after batch and answers the last
/// of each update with improved ones.
/// </summary>
internal sealed class CriticLearner : IStage
{
    private static readonly Needs OneBatch = new(1);

    private readonly CriticModel model;
    private readonly CriticUpdate update;
    private readonly CriticFigures figures;
    private readonly MessagePool[] weights; // by group
    private readonly MessagePool metrics = new(CriticFigures.Layout);
    private readonly int batches;           // an update

    public CriticLearner(ICriticLearning options, CriticMethod method, StageContext context)
    {
        model = new(options, method, context);
        update = new(options, method, model, context.Key);
        figures = new(model.ActorGroups.Length);
        weights = [.. model.ActorGroups.Select(g => new MessagePool(WeightsMessages.Layout(g.Spec.Network.Parameters)))];
        batches = context.Types.Input("batches").Get<int>("updates");
    }

    public Needs Needs => OneBatch;

    public void Start(IOutputs outputs) => SendWeights(0, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        var batch = firing[CriticComponents.Batches];
        if (batch.Stamp.Step == 0)
        {
            figures.Clear();
        }

        if (!batch.IsAbsent)
        {
            update.Run(batch, figures);
        }

        if (batch.Stamp.Step == batches - 1)
        {
            SendWeights(batch.Stamp.Update + 1, outputs);
            var message = metrics.Rent(new(batch.Stamp.Update));
            figures.Write(message.WriteBlock());
            outputs.Send(CriticComponents.Metrics, message);
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        update.Save(snapshot);
        figures.Save(snapshot);
    }

    public void Load(StageSnapshot snapshot)
    {
        update.Load(snapshot);
        figures.Load(snapshot);
    }

    public void Dispose() => model.Dispose();

    /// <summary>One message a policy, to each of its agents.</summary>
    private void SendWeights(int version, IOutputs outputs)
    {
        for (var i = 0; i < model.ActorGroups.Length; i++)
        {
            var message = weights[i].Rent(new(version));
            model.Policy(i).CopyTo(message.Write(WeightsMessages.Parameters));
            foreach (var agent in model.ActorGroups[i].Agents)
            {
                outputs.Send(CriticComponents.Weights, agent.Index, message.Retain());
            }

            message.Release();
        }
    }
}
