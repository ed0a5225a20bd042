using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// The stage of <see cref="PpoComponents"/>: sends every agent its first policy, then answers each set of rollouts with improved
/// ones. With a state port it takes T + 1 state tokens at first and T later, keeping the last one as the first of the next.
/// Beside the shards of a world it takes the rollouts of all of them, and agents of one name are one agent.
/// </summary>
internal sealed class PpoLearner : IStage
{
    private readonly StageContext context;
    private readonly PpoShard[] shards;
    private readonly Adam adam;
    private readonly PpoUpdate update;
    private readonly PpoFigures figures = new();
    private readonly PolicyWeights weights;
    private readonly MessagePool metrics = new(PpoFigures.Layout);
    private readonly int[][] lanes;         // of the rollouts, by shard
    private readonly Message[][] rollouts;  // by shard
    private readonly StateTokens[] states;  // by shard
    private readonly Needs first;
    private readonly Needs later;
    private long updates;

    public PpoLearner(PpoOptions options, StageContext context)
    {
        this.context = context;
        lanes = ShardLanes.Of(context, "rollouts");
        shards = [.. lanes.Select((own, shard) => new PpoShard(options, new(options, context, own), context.CommonKey, shard))];
        adam = new(Model.Parameters.Length, options.AdamEpsilon);
        update = new(options, shards, adam);
        weights = new(PpoComponents.Weights, Model.Groups.Select(g => (g.Spec, g.Agents.SelectMany(agent => lanes.Select(own => own[agent])).ToArray())), Model.Policy);
        rollouts = [.. lanes.Select(own => new Message[own.Length])];
        Length = context.Types.Input("rollouts").Get<int>("length");
        var seesState = context.Types.Peers("state") > 0;
        states = [.. ShardLanes.Of(context, "state").Select((own, shard) => new StateTokens(PpoComponents.State, seesState ? Length : 0, own.FirstOrDefault()))];
        (first, later) = seesState ? (new Needs(1, Length + 1), new Needs(1, Length)) : (new Needs(1), new Needs(1));
    }

    public Needs Needs => states[0].Needed > Length ? first : later;

    /// <summary>T.</summary>
    private int Length { get; }

    /// <summary>The master copy.</summary>
    private PpoModel Model => shards[0].Model;

    /// <summary>Updates of the whole run.</summary>
    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / Length;

    public void Start(IOutputs outputs) => weights.Send((int)updates, outputs);

    public void Fire(Firing firing, IOutputs outputs)
    {
        var stamp = firing[PpoComponents.Rollouts].Stamp;
        var learningRate = update.Run(Batches(firing), updates, TotalUpdates, figures);
        updates++;
        Array.ForEach(states, s => s.Keep());
        Array.ForEach(rollouts, Array.Clear);
        weights.Send((int)updates, outputs);
        var message = metrics.Rent(stamp);
        figures.Write(message.WriteBlock(), learningRate);
        outputs.Send(PpoComponents.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", updates);
        snapshot.Put("learner.parameters", Model.Parameters.Values);
        adam.Save(snapshot, "learner.adam");
        for (var shard = 0; shard < shards.Length; shard++)
        {
            shards[shard].Save(snapshot, Name(shard));
            states[shard % states.Length].Save(snapshot, Name(shard));
        }
    }

    public void Load(StageSnapshot snapshot)
    {
        updates = snapshot.GetOne<long>("learner.updates");
        snapshot.GetInto("learner.parameters", Model.Parameters.Change());
        adam.Load(snapshot, "learner.adam");
        for (var shard = 0; shard < shards.Length; shard++)
        {
            shards[shard].Model.Parameters.Take(Model.Parameters.Values);
            shards[shard].Load(snapshot, Name(shard));
            states[shard % states.Length].Load(snapshot, Name(shard));
        }
    }

    public void Dispose()
    {
        Array.ForEach(states, s => s.Dispose());
        Array.ForEach(shards, s => s.Dispose());
    }

    private static string Name(int shard) => shard == 0 ? "learner" : $"learner.shard-{shard}";

    private Batch[] Batches(Firing firing)
    {
        Array.ForEach(states, s => s.Take(firing));
        for (var shard = 0; shard < lanes.Length; shard++)
        {
            for (var agent = 0; agent < lanes[shard].Length; agent++)
            {
                rollouts[shard][agent] = firing[PpoComponents.Rollouts, lanes[shard][agent]];
            }
        }

        return [.. rollouts.Select((own, shard) => new Batch(own, states[shard % states.Length].All))];
    }
}
