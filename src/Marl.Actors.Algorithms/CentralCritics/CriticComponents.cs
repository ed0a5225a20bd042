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

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// Algorithms whose actors climb the gradient of critics by their actions; critics see all agents. One implementation
/// (<see cref="CriticUpdate"/>): they differ in a <see cref="CriticMethod"/>, and in nothing else.
/// </summary>
public static class CriticComponents
{
    /// <summary>Index of the input <c>batches</c>.</summary>
    public const int Batches = 0;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>Deterministic policies (or Gumbel-softmax ones) and a central critic each.</summary>
    public static Component Maddpg { get; } = Of<MaddpgOptions>(
        "algorithm/maddpg",
        "Deterministic policy gradients of several agents with central critics; discrete actions by straight-through Gumbel-softmax.",
        "Lowe et al., Multi-agent actor-critic for mixed cooperative-competitive environments, NeurIPS 2017",
        CriticMethod.Maddpg,
        policy => policy.Head is PolicyHead.Deterministic or PolicyHead.Categorical && policy.Network.Memory == 0,
        "policies whose actions have a gradient (agent/deterministic)");

    /// <summary>Soft actor-critic, of one agent or of several with central critics.</summary>
    public static Component Sac { get; } = Of<SacOptions>(
        "algorithm/sac",
        "Soft actor-critic with twin critics and a learned temperature; with several agents their critics see all of them.",
        "Haarnoja et al., Soft actor-critic algorithms and applications, 2019",
        CriticMethod.Sac,
        policy => policy.Head is PolicyHead.SquashedGaussian && policy.Network.Memory == 0,
        "squashed normal policies (agent/soft)");

    private static Component Of<TOptions>(
        string id, string summary, string source, Func<TOptions, CriticMethod> method, Func<PolicySpec, bool> policies, string expectation)
        where TOptions : ICriticLearning => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs = [new("batches", BatchMessages.Kind, "Past experience of all agents together, some batches an update.", AcceptsAbsent: true)],
            Outputs =
            [
                new("weights", WeightsMessages.Kind, "Each agent's policy, one token at the beginning and one an update.", WeightsLayout, Distribution.PerInstance),
                new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => CriticFigures.Layout, Observed: true),
            ],
            IsCompute = true,
            Sign = (options, context) => Sign((TOptions)options, context).Where("batches", "agents", agents => AgentGroup.All(agents, policies), expectation),
            Create = (options, context) => new CriticLearner((TOptions)options, method((TOptions)options), context),
        };

    private static MessageLayout WeightsLayout(PortType type) => WeightsMessages.Layout(PolicySpec.FromTerm(type["policy"]).Network.Parameters);

    private static Signature Sign(ICriticLearning options, SignatureContext context)
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
            .Fires(Phase.Times((Amount)updates - 1).Take("batches"), Phase.Once.Take("batches").Send("weights").Send("metrics"));
        return options.Reward == RewardShare.Own
            ? signature
            : signature.Where("batches", "reward", convention => convention is RewardConvention.PerAgent, "rewards per agent, to make the team's from ('reward: own' takes them as they are)");

        static Term Of(string name, int agent) => Term.Var($"{name}-{agent}");
    }
}
