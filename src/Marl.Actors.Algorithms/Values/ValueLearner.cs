using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Mixers;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// The stage of <see cref="ValueComponents"/>: sends every agent its first network, then takes batch after batch and answers the last of
/// each update with improved ones.
/// </summary>
internal sealed class ValueLearner : IStage
{
    private static readonly Needs OneBatch = new(1);

    private readonly ValueModel model;
    private readonly ValueUpdate update;
    private readonly ValueFigures figures = new();
    private readonly MessagePool[] weights; // by group
    private readonly MessagePool metrics = new(ValueFigures.Layout);
    private readonly int batches;           // an update

    public ValueLearner(IValueLearning options, MixerSpec mixer, StageContext context)
    {
        model = new(options, mixer, context);
        update = new(options, model);
        weights = [.. model.ValueGroups.Select(g => new MessagePool(WeightsMessages.Layout(g.Spec.Network.Parameters)))];
        batches = context.Types.Input("batches").Get<int>("updates");
    }

    public Needs Needs => OneBatch;

    public void Start(IOutputs outputs) => SendWeights(0, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        var batch = firing[ValueComponents.Batches];
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
            outputs.Send(ValueComponents.Metrics, message);
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

    /// <summary>One message a network, to each of its agents.</summary>
    private void SendWeights(int version, IOutputs outputs)
    {
        for (var i = 0; i < model.ValueGroups.Length; i++)
        {
            var message = weights[i].Rent(new(version));
            model.Policy(i).CopyTo(message.Write(WeightsMessages.Parameters));
            foreach (var agent in model.ValueGroups[i].Agents)
            {
                outputs.Send(ValueComponents.Weights, agent.Index, message.Retain());
            }

            message.Release();
        }
    }
}
