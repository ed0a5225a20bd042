using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// The stage of <see cref="PpoComponents"/>: sends every agent its first policy, then answers each set of rollouts with improved
/// ones. With a state port it takes T + 1 state tokens at first and T later, keeping the last one as the first of the next.
/// </summary>
internal sealed class PpoLearner : IStage
{
    private readonly StageContext context;
    private readonly PpoModel model;
    private readonly Adam adam;
    private readonly PpoUpdate update;
    private readonly PpoFigures figures = new();
    private readonly MessagePool[] weights; // by group
    private readonly MessagePool metrics = new(PpoFigures.Layout);
    private readonly Message[] rollouts;
    private readonly Message[] states;      // T + 1, or none
    private readonly Needs first;
    private readonly Needs later;
    private Message? held;                  // the last state token of the batch before
    private long updates;

    public PpoLearner(PpoOptions options, StageContext context)
    {
        this.context = context;
        model = new(options, context);
        adam = new(model.Parameters.Length, options.AdamEpsilon);
        update = new(options, model, adam, context.Key.Derive("minibatches"));
        weights = [.. model.Groups.Select(g => new MessagePool(WeightsMessages.Layout(g.Spec.Network.Parameters)))];
        rollouts = new Message[context.Types.Peers("rollouts")];
        Length = context.Types.Input("rollouts").Get<int>("length");
        var seesState = context.Types.Peers("state") > 0;
        states = new Message[seesState ? Length + 1 : 0];
        (first, later) = seesState ? (new Needs(1, Length + 1), new Needs(1, Length)) : (new Needs(1), new Needs(1));
    }

    public Needs Needs => held is null ? first : later;

    /// <summary>T.</summary>
    private int Length { get; }

    /// <summary>Updates of the whole run.</summary>
    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / Length;

    public void Start(IOutputs outputs) => SendWeights(outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            rollouts[agent] = firing[PpoComponents.Rollouts, agent];
        }

        TakeStates(firing);
        var stamp = rollouts[0].Stamp;
        var learningRate = update.Run(new(rollouts, states), updates, TotalUpdates, figures);
        updates++;
        KeepLastState();
        SendWeights(outputs);
        var message = metrics.Rent(stamp);
        figures.Write(message.WriteBlock(), learningRate);
        outputs.Send(PpoComponents.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", updates);
        snapshot.Put("learner.parameters", model.Parameters.Values);
        if (model.Target is { } target)
        {
            snapshot.Put("learner.target", target.Values);
        }

        adam.Save(snapshot, "learner.adam");
        for (var i = 0; i < model.Critics.Length; i++)
        {
            model.Critics[i].Save(snapshot, $"learner.critic-{i}");
        }

        snapshot.Put("learner.has-state", held is null ? (byte)0 : (byte)1);
        if (held is not null)
        {
            snapshot.PutMessage("learner.state", held);
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        updates = snapshot.GetOne<long>("learner.updates");
        snapshot.GetInto("learner.parameters", model.Parameters.Change());
        if (model.Target is { } target)
        {
            snapshot.GetInto("learner.target", target.Change());
        }

        adam.Load(snapshot, "learner.adam");
        for (var i = 0; i < model.Critics.Length; i++)
        {
            model.Critics[i].Load(snapshot, $"learner.critic-{i}");
        }

        held = snapshot.GetOne<byte>("learner.has-state") == 1 ? snapshot.GetMessage("learner.state") : null;
    }

    public void Dispose()
    {
        held?.Release();
        held = null;
        model.Dispose();
    }

    private void TakeStates(Firing firing)
    {
        if (states.Length == 0)
        {
            return;
        }

        var count = firing.Count(PpoComponents.State);
        var begin = states.Length - count;
        if (begin == 1)
        {
            states[0] = held!;
        }

        for (var i = 0; i < count; i++)
        {
            states[begin + i] = firing[PpoComponents.State, 0, i];
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

    /// <summary>One message a policy, to each of its agents.</summary>
    private void SendWeights(IOutputs outputs)
    {
        for (var i = 0; i < model.Groups.Length; i++)
        {
            var message = weights[i].Rent(new((int)updates));
            model.Policy(i).CopyTo(message.Write(WeightsMessages.Parameters));
            foreach (var agent in model.Groups[i].Agents)
            {
                outputs.Send(PpoComponents.Weights, agent, message.Retain());
            }

            message.Release();
        }
    }
}
