using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Optimisers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// The stage of <see cref="EsComponent"/>: takes what all members of a generation got, ranks them policy by policy, steps, and
/// tells the agents, who take the same step.
/// </summary>
internal sealed class EsLearner : IStage
{
    private static readonly Needs NextReturns = new(1);

    private readonly EsOptions options;
    private readonly StageContext context;
    private readonly EsGroup[] groups;
    private readonly PolicyWeights weights;
    private readonly MessagePool metrics = new(EsFigures.Layout);
    private readonly int length;
    private readonly double[] team; // by member: returns over all agents, where they share
    private readonly int lanesAMember;

    public EsLearner(EsOptions options, StageContext context)
    {
        (this.options, this.context) = (options, context);
        var types = context.Types.Inputs["returns"];
        var members = types[0].Get<int>("copies") * context.Shard.Heard;
        length = types[0].Get<int>("length");
        lanesAMember = types.Count / context.Shard.Heard;
        team = new double[members];
        groups = [.. types
            .Select((type, lane) => (Policy: PolicySpec.FromTerm(type["policy"]), Lane: lane))
            .GroupBy(l => l.Policy.Group)
            .Select(g => new EsGroup(g.First().Policy, [.. g.Select(l => l.Lane)], members, context.Key.Derive("evolution")))];
        weights = new(EsComponent.Weights, groups.Select(g => (g.Policy, g.Lanes)), i => groups[i].Search.Values);
    }

    public Needs Needs => NextReturns;

    private int Version => groups[0].Search.Version;

    private long TotalUpdates => context.VectorSteps == long.MaxValue ? long.MaxValue : context.VectorSteps / length;

    public void Start(IOutputs outputs)
    {
        var step = Step(0);
        foreach (var group in groups)
        {
            group.Search.Begin(group.Key, step);
            group.Send(step, outputs);
        }

        weights.Send(Version, outputs);
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        Gather(firing);
        var step = Step(Version);
        foreach (var group in groups)
        {
            group.Advance(step);
            group.Send(step, outputs);
        }

        weights.Send(Version, outputs);
        var message = metrics.Rent(firing[EsComponent.Returns].Stamp);
        EsFigures.Write(groups, step.LearningRate, message.WriteBlock());
        outputs.Send(EsComponent.Metrics, message);
    }

    public void Save(StageSnapshot snapshot) => Array.ForEach(groups, g => g.Save(snapshot));

    public void Load(StageSnapshot snapshot) => Array.ForEach(groups, g => g.Load(snapshot));

    public void Dispose()
    {
    }

    private EvolutionStep Step(long update) => new(
        (float)options.Sigma,
        (float)options.LearningRateSchedule.At(options.LearningRate, update, TotalUpdates),
        (float)options.WeightDecay,
        options.Optimiser,
        (float)options.Momentum,
        (float)options.SecondDecay,
        (float)options.AdamEpsilon);

    /// <summary>A member's return, policy by policy: over the agents that share it, or over all.</summary>
    private void Gather(Firing firing)
    {
        Array.Clear(team);
        foreach (var group in groups)
        {
            Array.Clear(group.Returns);
            group.Unfinished = 0;
            foreach (var lane in group.Lanes)
            {
                Add(firing[EsComponent.Returns, lane], group);
            }
        }

        if (options.Reward == RewardShare.Own)
        {
            return;
        }

        foreach (var group in groups)
        {
            for (var member = 0; member < team.Length; member++)
            {
                group.Returns[member] = options.Reward == RewardShare.TeamMean ? team[member] / lanesAMember : team[member];
            }
        }
    }

    private void Add(Message message, EsGroup group)
    {
        var got = message[ReturnMessages.Return];
        var finished = message[ReturnMessages.Episodes];
        var first = (int)message[ReturnMessages.First][0];
        var sharing = (double)group.Lanes.Length / context.Shard.Heard; // agents, each of which has a lane a shard
        for (var copy = 0; copy < got.Length; copy++)
        {
            group.Returns[first + copy] += got[copy] / sharing;
            team[first + copy] += got[copy];
            group.Unfinished += finished[copy] == 0 ? 1 : 0;
        }
    }
}
