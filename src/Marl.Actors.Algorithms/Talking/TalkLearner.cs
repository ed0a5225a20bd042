using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>
/// The stage of <see cref="TalkComponents"/>: sends every agent its first policy, then answers each set of rollouts and exchanges
/// with improved ones. With a state port it takes T + 1 state tokens at first and T later.
/// </summary>
internal sealed class TalkLearner : IStage
{
    private readonly StageContext context;
    private readonly TalkModel model;
    private readonly TalkUpdate update;
    private readonly TalkFigures figures = new();
    private readonly PolicyWeights weights;
    private readonly MessagePool metrics = new(TalkFigures.Layout);
    private readonly Message[] rollouts;
    private readonly Message[] exchanges;
    private readonly StateTokens states;
    private readonly Needs first;
    private readonly Needs later;
    private readonly int length; // T
    private long updates;

    public TalkLearner(TalkOptions options, StageContext context)
    {
        this.context = context;
        model = new(options, context);
        update = new(options, model, context.CommonKey);
        weights = new(TalkComponents.Weights, model.Groups.Select(g => (g.Spec, g.Agents)), model.Policy);
        (rollouts, exchanges) = (new Message[context.Types.Peers("rollouts")], new Message[context.Types.Peers("rollouts")]);
        length = context.Types.Input("rollouts").Get<int>("length");
        var seesState = context.Types.Peers("state") > 0;
        states = new(TalkComponents.State, seesState ? length : 0, 0);
        (first, later) = seesState ? (new Needs(1, 1, length + 1), new Needs(1, 1, length)) : (new Needs(1, 1, 0), new Needs(1, 1, 0));
    }

    public Needs Needs => states.Needed > length ? first : later;

    /// <summary>Updates of the whole run.</summary>
    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / length;

    public void Start(IOutputs outputs) => weights.Send((int)updates, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        states.Take(firing);
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            (rollouts[agent], exchanges[agent]) = (firing[TalkComponents.Rollouts, agent], firing[TalkComponents.Exchanges, agent]);
        }

        var stamp = rollouts[0].Stamp;
        var learningRate = update.Run(new(rollouts, states.All), exchanges, updates, TotalUpdates, figures);
        updates++;
        states.Keep();
        Array.Clear(rollouts);
        Array.Clear(exchanges);
        weights.Send((int)updates, outputs);
        var message = metrics.Rent(stamp);
        figures.Write(message.WriteBlock(), learningRate);
        outputs.Send(TalkComponents.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", updates);
        update.Save(snapshot);
        states.Save(snapshot, "learner");
    }

    public void Load(StageSnapshot snapshot)
    {
        updates = snapshot.GetOne<long>("learner.updates");
        update.Load(snapshot);
        states.Load(snapshot, "learner");
    }

    public void Dispose()
    {
        states.Dispose();
        model.Dispose();
    }
}
