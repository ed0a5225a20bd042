using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>An algorithm that learns from a memory: its ports, signature and stage are the same for all of them.</summary>
/// <param name="Id">The name in pipeline files.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Source">Paper.</param>
/// <param name="Figures">What an update says about itself.</param>
/// <param name="Policies">Which policies it can teach.</param>
/// <param name="Expectation">These in words.</param>
/// <param name="IsTeam">All agents learn from one reward.</param>
/// <param name="SeesState">It needs the world's state.</param>
/// <param name="FollowsRosters">It can learn of agents that come and go.</param>
internal sealed record BatchAlgorithm(
    string Id, string Summary, string Source, MessageLayout Figures, Func<PolicySpec, bool> Policies, string Expectation, bool IsTeam = false, bool SeesState = false, bool FollowsRosters = false)
{
    /// <summary>Index of the input <c>batches</c>.</summary>
    public const int Batches = 0;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>Index of the output <c>priorities</c>.</summary>
    public const int Priorities = 2;

    /// <summary>The catalog entry.</summary>
    /// <typeparam name="TOptions">Its options.</typeparam>
    /// <param name="reward">Whose reward is learned from, by the options.</param>
    /// <param name="learning">How it learns.</param>
    public Component Component<TOptions>(Func<TOptions, RewardShare> reward, Func<TOptions, StageContext, IBatchLearning> learning) => new()
    {
        Id = Id,
        Summary = Summary,
        Source = Source,
        Options = OptionsSchema.Of<TOptions>(),
        Inputs = [new("batches", BatchMessages.Kind, "Past experience of all agents together, some batches an update.", AcceptsAbsent: true)],
        Outputs =
        [
            PolicyWeights.Port,
            new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => Figures, Observed: true),
            new("priorities", PriorityMessages.Kind, "How far it was off on every item of a batch, one token a batch, for a memory that draws by it.", PriorityMessages.Layout),
        ],
        IsCompute = true,
        Sign = (options, context) => Sign(reward((TOptions)options), context),
        Create = (options, context) => new BatchLearner(learning((TOptions)options, context), Figures, context),
    };

    private Signature Sign(RewardShare reward, SignatureContext context)
    {
        var agents = Enumerable.Range(0, Math.Max(1, context.Peers("weights"))).ToArray();
        var (items, updates) = (Term.Var("items"), Term.Var("updates"));
        var signature = new Signature()
            .In(
                "batches",
                BatchMessages.Type(
                    Term.Var("length"),
                    items,
                    updates,
                    Term.Var("state"),
                    Term.Var("reward"),
                    agents.Select(i => BatchMessages.Agent(Of("observation", i), Of("action", i), Of("mask", i), Of("policy", i))),
                    Term.Var("fixed-roster")))
            .Out("weights", agents.Select(i => WeightsMessages.Type(Of("policy", i))).ToValues())
            .Out("metrics", MetricMessages.Type())
            .Out("priorities", PriorityMessages.Type(items))
            .Starts("weights")
            .Fires(Phase.Times((Amount)updates - 1).Take("batches").Send("priorities"), Phase.Once.Take("batches").Send("weights").Send("metrics").Send("priorities"))
            .Where("batches", "agents", all => AgentGroup.All(all, Policies), Expectation)
            .Where("batches", "agents", AgentGroup.AreAlike, AgentGroup.Alike);
        if (!FollowsRosters)
        {
            signature.Where("batches", "fixed-roster", isFixed => isFixed is true, "agents that act in every step of the world; those that come and go learn with algorithm/iql, vdn, qmix, weighted-qmix, ppo, ippo or mappo");
        }

        if (SeesState)
        {
            signature.Where("batches", "state", width => width is int and > 0, "a memory that holds the world's state (wire its input 'state')");
        }

        return (reward, IsTeam) switch
        {
            (RewardShare.Own, false) => signature,
            (RewardShare.Own, true) => signature.Where(
                "batches", "reward", convention => convention is not RewardConvention.PerAgent, "a reward all agents share; say 'reward: team-sum' or 'reward: team-mean' to make one"),
            _ => reward.Demand(signature, "batches"),
        };

        static Term Of(string name, int agent) => Term.Var($"{name}-{agent}");
    }
}
