using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;
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
    private readonly PolicyWeights weights;
    private readonly MessagePool metrics = new(PpoFigures.Layout);
    private readonly Message[] rollouts;
    private readonly StateTokens states;
    private readonly Needs first;
    private readonly Needs later;
    private long updates;

    public PpoLearner(PpoOptions options, StageContext context)
    {
        this.context = context;
        model = new(options, context);
        adam = new(model.Parameters.Length, options.AdamEpsilon);
        update = new(options, model, adam, context.Key.Derive("minibatches"));
        weights = new(PpoComponents.Weights, model.Groups.Select(g => (g.Spec, g.Agents)), model.Policy);
        rollouts = new Message[context.Types.Peers("rollouts")];
        Length = context.Types.Input("rollouts").Get<int>("length");
        var seesState = context.Types.Peers("state") > 0;
        states = new(PpoComponents.State, seesState ? Length : 0);
        (first, later) = seesState ? (new Needs(1, Length + 1), new Needs(1, Length)) : (new Needs(1), new Needs(1));
    }

    public Needs Needs => states.Needed > Length ? first : later;

    /// <summary>T.</summary>
    private int Length { get; }

    /// <summary>Updates of the whole run.</summary>
    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / Length;

    public void Start(IOutputs outputs) => weights.Send((int)updates, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            rollouts[agent] = firing[PpoComponents.Rollouts, agent];
        }

        states.Take(firing);
        var stamp = rollouts[0].Stamp;
        var learningRate = update.Run(new(rollouts, states.All), updates, TotalUpdates, figures);
        updates++;
        states.Keep();
        Array.Clear(rollouts);
        weights.Send((int)updates, outputs);
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

        states.Save(snapshot, "learner");
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

        states.Load(snapshot, "learner");
    }

    public void Dispose()
    {
        states.Dispose();
        model.Dispose();
    }
}
