using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Values;

/// <summary>
/// Algorithms that learn action values from a memory. One implementation (<see cref="ValueUpdate"/>): they differ in a
/// <see cref="ValueMethod"/>, which says how the values of single agents become what is learned, and in nothing else.
/// </summary>
public static class ValueComponents
{
    /// <summary>Every agent by itself.</summary>
    public static Component Iql { get; } = Of<ValueLearnerOptions>(
        "algorithm/iql",
        "Q-learning of each agent by itself, from a memory.",
        "Tan, Multi-agent reinforcement learning: independent versus cooperative agents, ICML 1993; Mnih et al., Nature 518, 2015",
        options => options,
        (_, type) => new(new IndependentMixer(BatchMessages.Agents(type).Count)),
        isTeam: false);

    /// <summary>The team's value is the sum of its agents' values.</summary>
    public static Component Vdn { get; } = Of<ValueLearnerOptions>(
        "algorithm/vdn",
        "Q-learning of a team whose value is the sum of its agents' values.",
        "Sunehag et al., Value-decomposition networks for cooperative multi-agent learning, AAMAS 2018",
        options => options,
        (_, type) => new(new SumMixer(BatchMessages.Agents(type).Count)));

    /// <summary>The team's value grows with its agents' values, in a way the state decides.</summary>
    public static Component Qmix { get; } = Of<QmixOptions>(
        "algorithm/qmix",
        "Q-learning of a team whose value is a monotonic function of its agents' values, given the state.",
        "Rashid et al., QMIX: monotonic value function factorisation for deep multi-agent reinforcement learning, ICML 2018",
        options => options.Learning,
        (options, type) => new(Mixer(options, type)),
        seesState: true);

    /// <summary>QMIX that trusts a joint critic where the team's value can't be factored.</summary>
    public static Component WeightedQmix { get; } = Of<WeightedQmixOptions>(
        "algorithm/weighted-qmix",
        "QMIX whose targets come from an unrestricted joint critic, and which learns less from what it overestimates (optimistic weighting).",
        "Rashid et al., Weighted QMIX: expanding monotonic value function factorisation, NeurIPS 2020",
        options => options.Mixing.Learning,
        (options, type) => new(Mixer(options.Mixing, type), new(options.Overestimated, options.CriticHidden)),
        seesState: true);

    private static Component Of<TOptions>(
        string id,
        string summary,
        string source,
        Func<TOptions, ValueLearnerOptions> learning,
        Func<TOptions, PortType, ValueMethod> method,
        bool isTeam = true,
        bool seesState = false) =>
        new BatchAlgorithm(
            id, summary, source, ValueFigures.Layout, policy => policy.Head == PolicyHead.ActionValue, "networks of action values (agent/value)", isTeam, seesState, FollowsRosters: true)
            .Component<TOptions>(
                options => learning(options).Reward,
                (options, context) => new ValueUpdate(learning(options), method(options, context.Types.Input("batches")), context));

    private static MonotonicMixer Mixer(QmixOptions options, PortType type) =>
        new(BatchMessages.Agents(type).Count, type.Get<int>("state"), options.Embedding, options.MixerHidden);
}
