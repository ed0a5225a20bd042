using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// Algorithms that learn action values from a memory. One implementation (<see cref="ValueLearner"/>): they differ in how the values
/// of single agents become what is learned (a <see cref="MixerSpec"/>), and in nothing else.
/// </summary>
public static class ValueComponents
{
    /// <summary>Index of the input <c>batches</c>.</summary>
    public const int Batches = 0;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>Every agent by itself.</summary>
    public static Component Iql { get; } = Of<ValueLearnerOptions>(
        "algorithm/iql",
        "Q-learning of each agent by itself, from a memory.",
        "Tan, Multi-agent reinforcement learning: independent versus cooperative agents, ICML 1993; Mnih et al., Nature 518, 2015",
        (_, type) => new IndependentMixer(BatchMessages.Agents(type).Count),
        seesState: false,
        isTeam: false);

    /// <summary>The team's value is the sum of its agents' values.</summary>
    public static Component Vdn { get; } = Of<ValueLearnerOptions>(
        "algorithm/vdn",
        "Q-learning of a team whose value is the sum of its agents' values.",
        "Sunehag et al., Value-decomposition networks for cooperative multi-agent learning, AAMAS 2018",
        (_, type) => new SumMixer(BatchMessages.Agents(type).Count),
        seesState: false,
        isTeam: true);

    /// <summary>The team's value grows with its agents' values, in a way the state decides.</summary>
    public static Component Qmix { get; } = Of<QmixOptions>(
        "algorithm/qmix",
        "Q-learning of a team whose value is a monotonic function of its agents' values, given the state.",
        "Rashid et al., QMIX: monotonic value function factorisation for deep multi-agent reinforcement learning, ICML 2018",
        (options, type) => new MonotonicMixer(BatchMessages.Agents(type).Count, type.Get<int>("state"), options.Embedding, options.MixerHidden),
        seesState: true,
        isTeam: true);

    /// <summary>QMIX that trusts a joint critic where the team's value can't be factored.</summary>
    public static Component WeightedQmix { get; } = Of<WeightedQmixOptions>(
        "algorithm/weighted-qmix",
        "QMIX whose targets come from an unrestricted joint critic, and which learns less from what it overestimates (optimistic weighting).",
        "Rashid et al., Weighted QMIX: expanding monotonic value function factorisation, NeurIPS 2020",
        (options, type) => new MonotonicMixer(BatchMessages.Agents(type).Count, type.Get<int>("state"), options.Embedding, options.MixerHidden),
        seesState: true,
        isTeam: true);

    private static Component Of<TOptions>(
        string id, string summary, string source, Func<TOptions, PortType, MixerSpec> mixer, bool seesState, bool isTeam)
        where TOptions : IValueLearning => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs = [new("batches", BatchMessages.Kind, "Past experience of all agents together, some batches an update.", AcceptsAbsent: true)],
            Outputs =
            [
                new("weights", WeightsMessages.Kind, "Each agent's network, one token at the beginning and one an update.", WeightsLayout, Distribution.PerInstance),
                new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => ValueFigures.Layout, Observed: true),
            ],
            IsCompute = true,
            Sign = (options, context) => Sign((TOptions)options, context, seesState, isTeam),
            Create = (options, context) => new ValueLearner((TOptions)options, mixer((TOptions)options, context.Types.Input("batches")), context),
        };

    private static MessageLayout WeightsLayout(PortType type) => WeightsMessages.Layout(PolicySpec.FromTerm(type["policy"]).Network.Parameters);

    private static Signature Sign(IValueLearning options, SignatureContext context, bool seesState, bool isTeam)
    {
        var agents = Enumerable.Range(0, Math.Max(1, context.Peers("weights"))).ToArray();
        var updates = Term.Var("updates");
        var signature = new Signature()
            .In(
                "batches",
                BatchMessages.Type(
                    Term.Var("length"),
                    Term.Var("items"),
                    updates,
                    Term.Var("state"),
                    Term.Var("reward"),
                    agents.Select(i => BatchMessages.Agent(Of("observation", i), Of("action", i), Of("mask", i), Of("policy", i)))))
            .Out("weights", agents.Select(i => WeightsMessages.Type(Of("policy", i))).ToValues())
            .Out("metrics", MetricMessages.Type())
            .Starts("weights")
            .Fires(Phase.Times((Amount)updates - 1).Take("batches"), Phase.Once.Take("batches").Send("weights").Send("metrics"))
            .Where("batches", "agents", all => AgentGroup.All(all, policy => policy.Head == PolicyHead.ActionValue), "networks of action values (agent/value)");
        if (seesState)
        {
            signature.Where("batches", "state", width => width is int and > 0, "a memory that holds the world's state (wire its input 'state')");
        }

        return (options.Reward, isTeam) switch
        {
            (RewardShare.Own, false) => signature,
            (RewardShare.Own, true) => signature.Where(
                "batches", "reward", convention => convention is not RewardConvention.PerAgent, "a reward all agents share; say 'reward: team-sum' or 'reward: team-mean' to make one"),
            _ => signature.Where("batches", "reward", convention => convention is RewardConvention.PerAgent, "rewards per agent, to make the team's from ('reward: own' takes them as they are)"),
        };

        static Term Of(string name, int agent) => Term.Var($"{name}-{agent}");
    }
}
