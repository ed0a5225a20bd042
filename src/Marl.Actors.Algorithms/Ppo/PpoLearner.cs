using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// The stage of <see cref="PpoComponents"/>: sends every agent its first policy, then answers each set of rollouts with improved
/// ones. With a state port it takes T + 1 state tokens at first and T later, keeping the last one as the first of the next.
/// In a population it waits for an order first, and after every few updates sends what it has become and waits for the next.
/// Beside the shards of a world it takes the rollouts of all of them, and agents of one name are one agent.
/// </summary>
internal sealed class PpoLearner : IStage
{
    private static readonly Needs OneRollout = new(1, 0);
    private static readonly Needs OneOrder = new(0, 1);

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
    private readonly PpoOptions options;
    private readonly PopulationSeat? seat;
    private readonly Needs first;
    private readonly Needs later;
    private long updates;

    public PpoLearner(PpoOptions options, StageContext context)
    {
        (this.context, this.options) = (context, options);
        lanes = ShardLanes.Of(context, "rollouts");
        shards = [.. lanes.Select((own, shard) => new PpoShard(options, new(options, context, own), context.CommonKey, shard))];
        adam = new(Model.Parameters.Length, options.AdamEpsilon);
        update = new(options, shards, adam);
        weights = new(PpoComponents.Weights, Model.Groups.Select(g => (g.Spec, g.Agents.SelectMany(agent => lanes.Select(own => own[agent])).ToArray())), Model.Policy);
        rollouts = [.. lanes.Select(own => new Message[own.Length])];
        Length = context.Types.Input("rollouts").Get<int>("length");
        var seesState = context.Types.Peers("state") > 0;
        states = [.. ShardLanes.Of(context, "state").Select((own, shard) => new StateTokens(PpoComponents.State, seesState ? Length : 0, own.FirstOrDefault()))];
        (first, later) = seesState ? (new Needs(1, Length + 1), new Needs(1, Length)) : (OneRollout, OneRollout);
        seat = context.Types.Peers("orders") > 0 ? new(context.Types.Input("orders"), Model.Parameters.Length) : null;
    }

    public Needs Needs => seat is { AwaitsOrder: true } ? OneOrder : states[0].Needed > Length ? first : later;

    /// <summary>T.</summary>
    private int Length { get; }

    /// <summary>The master copy.</summary>
    private PpoModel Model => shards[0].Model;

    /// <summary>Updates of the whole run.</summary>
    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / Length;

    public void Start(IOutputs outputs)
    {
        if (seat is null)
        {
            weights.Send((int)updates, outputs);
        }
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        if (seat is { AwaitsOrder: true })
        {
            seat.Obey(firing[PpoComponents.Orders], shards[0], adam);
            Settle(seat);
            weights.Send((int)updates, outputs);
            return;
        }

        var stamp = firing[PpoComponents.Rollouts].Stamp;
        var learningRate = update.Run(Batches(firing), updates, TotalUpdates, figures);
        updates++;
        Array.ForEach(states, s => s.Keep());
        Array.ForEach(rollouts, Array.Clear);
        if (seat?.Count() == true)
        {
            outputs.Send(PpoComponents.Members, seat.Member(stamp, shards[0], adam));
        }
        else
        {
            weights.Send((int)updates, outputs);
        }

        var message = metrics.Rent(stamp);
        figures.Write(message.WriteBlock(), learningRate);
        outputs.Send(PpoComponents.Metrics, message);
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put("learner.updates", updates);
        snapshot.Put("learner.parameters", Model.Parameters.Values);
        adam.Save(snapshot, "learner.adam");
        seat?.Save(snapshot);
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
        if (seat is not null)
        {
            seat.Load(snapshot);
            Settle(seat);
        }

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

    /// <summary>What was ordered holds for all shards; in a population there is one.</summary>
    private void Settle(PopulationSeat by)
    {
        update.Options = by.Settled(options);
        Array.ForEach(shards, s => s.Options = update.Options);
    }

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
