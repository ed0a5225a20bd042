using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// Proximal policy optimisation for one agent (<c>algorithm/ppo</c>), for several that learn side by side
/// (<c>algorithm/ippo</c>) and for several with a critic that sees more than they do (<c>algorithm/mappo</c>). One
/// implementation (<see cref="PpoLearner"/>): they differ in what the critic sees and in nothing else.
/// </summary>
public static class PpoComponents
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the input <c>state</c>, of <c>algorithm/mappo</c> only.</summary>
    public const int State = 1;

    /// <summary>Index of the input <c>orders</c>, of <c>algorithm/ppo</c> and <c>algorithm/ippo</c>.</summary>
    public const int Orders = 1;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>Index of the output <c>members</c>, of <c>algorithm/ppo</c> and <c>algorithm/ippo</c>.</summary>
    public const int Members = 2;

    private const string PpoPaper = "Schulman et al., Proximal policy optimization algorithms, arXiv:1707.06347";

    private static readonly InputPort RolloutPort = new("rollouts", RolloutMessages.Kind, "What every agent saw and did, one token from each an update.", Many: true, AcceptsShards: true);

    private static readonly InputPort StatePort = new("state", StateMessages.Kind, "What the centralised critic sees, one token a vector step.", AcceptsShards: true);

    private static readonly InputPort OrderPort = new("orders", OrderMessages.Kind, "In a population (population/pbt): how to go on, one token every few updates.", Required: false);

    private static readonly OutputPort MemberPort = new("members", MemberMessages.Kind, "In a population: what it has become, one token for each order.", MemberLayout);

    /// <summary>One agent; the critic sees its observation.</summary>
    public static Component Ppo { get; } = Of("algorithm/ppo", "Proximal policy optimisation of one agent.", PpoPaper, seesState: false, isSingle: true);

    /// <summary>Several agents; each policy has a critic that sees its agents' own observations.</summary>
    public static Component Ippo { get; } = Of(
        "algorithm/ippo",
        "Proximal policy optimisation of several agents, each judged by what it sees itself.",
        "de Witt et al., Is independent learning all you need in the StarCraft multi-agent challenge?, arXiv:2011.09533",
        seesState: false,
        isSingle: false);

    /// <summary>Several agents; one critic sees the world's state, jointly or in a view for each agent.</summary>
    public static Component Mappo { get; } = Of(
        "algorithm/mappo",
        "Proximal policy optimisation of several agents, judged by one critic that sees the world's state.",
        "Yu et al., The surprising effectiveness of PPO in cooperative multi-agent games, NeurIPS 2022",
        seesState: true,
        isSingle: false);

    private static Component Of(string id, string summary, string source, bool seesState, bool isSingle) => new()
    {
        Id = id,
        Summary = summary,
        Source = source,
        Options = OptionsSchema.Of<PpoOptions>(),
        Inputs = seesState ? [RolloutPort, StatePort] : [RolloutPort, OrderPort],
        Outputs =
        [
            PolicyWeights.Port,
            new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => PpoFigures.Layout, Observed: true),
            .. seesState ? (OutputPort[])[] : [MemberPort],
        ],
        IsCompute = true,
        Validate = options => ((PpoOptions)options).Conflicts(),
        Sign = (options, context) => Sign((PpoOptions)options, context, seesState, isSingle),
        Create = (options, context) => new PpoLearner((PpoOptions)options, context),
    };

    private static Signature Sign(PpoOptions options, SignatureContext context, bool seesState, bool isSingle)
    {
        var lanes = Math.Max(1, context.Peers("rollouts"));
        var agents = Math.Max(1, lanes / context.Shard.Heard); // those of one name in several shards are one
        var (length, copies, reward) = (Term.Var("length"), Term.Var("copies"), Term.Var("reward"));
        var signature = new Signature()
            .In("rollouts", Each(lanes, i => RolloutMessages.Type(
                length, copies, Term.Var($"observation-{i}"), Term.Var($"action-{i}"), Term.Var($"mask-{i}"), reward, Term.Var($"policy-{i}"), fixedRoster: Term.Var("fixed-roster"))))
            .Out("weights", Each(lanes, i => WeightsMessages.Type(Term.Var($"policy-{i}"))))
            .Out("metrics", MetricMessages.Type());
        if (!seesState)
        {
            Belong(signature, options, context, lanes, agents);
        }

        if (seesState || context.Peers("orders") == 0)
        {
            signature.Starts("weights");
        }

        if (seesState)
        {
            var update = Phase.Once.Take("rollouts").Send("weights").Send("metrics");
            signature.In("state", StateMessages.Type(copies, Term.Var("view"), Term.Of(agents), Term.Var("width")))
                .Opens(update.Take("state", (Amount)length + 1)) // the state behind the last step bootstraps, and begins the next batch
                .Fires(update.Take("state", length));
        }

        if (isSingle)
        {
            signature.Where("rollouts", "policy", _ => agents == 1, "one agent only; several learn with algorithm/ippo or algorithm/mappo");
        }

        return Demand(signature, options.Reward);
    }

    /// <summary>In a population the first weights wait for the first order, and the last before an order for that.</summary>
    private static void Belong(Signature signature, PpoOptions options, SignatureContext context, int lanes, int agents)
    {
        var (every, more) = (Term.Var("every"), Term.Of(PopulationSeat.More(agents)));
        var mind = ParameterRange.ToTerm(Enumerable.Range(0, lanes).Select(i => Term.Var($"policy-{i}")), options.Hidden, options.Activation, 0, 1);
        signature
            .In("orders", OrderMessages.Type(Term.Var("settings"), every, mind, Term.Of(PopulationSeat.Times), more))
            .Out("members", MemberMessages.Type(mind, Term.Of(PopulationSeat.Times), more))
            .Where("orders", "settings", PpoSettings.AreKnown, PpoSettings.Expectation)
            .Where("orders", "every", _ => !options.HasTargetCritic, "a learner without a target critic (targetPeriod 1 and targetRate 1)")
            .Where("orders", "every", _ => context.Shard.Heard == 1, "a learner within a shard ('each: world.shards')");
        var update = Phase.Once.Take("rollouts").Send("metrics");
        signature.Fires(context.Peers("orders") == 0
            ? [update.Send("weights")]
            : [Phase.Once.Take("orders").Send("weights"), update.Send("weights") with { Repeat = (Amount)every - 1 }, update.Send("members")]);
    }

    private static MessageLayout MemberLayout(PortType type)
    {
        var weights = ParameterRange.FromTerm(type["weights"]).Length;
        return MemberMessages.Layout(weights, MemberMessages.LuggageOf(type, weights));
    }

    /// <summary>What PPO demands of its rollouts, whoever makes the steps.</summary>
    internal static Signature Demand(Signature signature, RewardShare reward)
    {
        var policies = new Dictionary<string, Term>();
        signature.Where("rollouts", "policy", term => PolicySpec.HasHead(term, PolicyHead.Categorical), "agents that sample from a policy (agent/actor-critic)");
        signature.Where("rollouts", "policy", term => AgentGroup.IsAlike(policies, term), AgentGroup.Alike);
        return reward.DemandOfRollouts(signature);
    }

    private static Values<PortType> Each(int agents, Func<int, PortType> type) => Enumerable.Range(0, agents).Select(type).ToValues();
}
