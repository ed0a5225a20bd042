using Marl.Actors.Algorithms.Batches;
using Marl.Actors.Core.Stages;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// Algorithms whose actors climb the gradient of critics by their actions; critics see all agents. One implementation
/// (<see cref="CriticUpdate"/>): they differ in a <see cref="CriticMethod"/>, and in nothing else.
/// </summary>
public static class CriticComponents
{
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
        where TOptions : ICriticLearning =>
        new BatchAlgorithm(id, summary, source, CriticFigures.Layout, policies, expectation)
            .Component<TOptions>(options => options.Reward, (options, context) => new CriticUpdate(options, method(options), context));
}
