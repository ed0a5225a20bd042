using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Impala;

/// <summary>
/// <c>algorithm/impala</c>: one learner of many actors. Rollouts of any of them, made with weights that may be old, are taken as
/// they come; V-trace corrects for their age. One policy, which all agents share.
/// </summary>
public static class ImpalaComponent
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "algorithm/impala",
        Summary = "Actor-critic of many actors that run ahead, corrected by V-trace.",
        Source = "Espeholt et al., IMPALA: Scalable distributed deep-RL with importance weighted actor-learner architectures, ICML 2018",
        Options = OptionsSchema.Of<ImpalaOptions>(),
        Inputs = [new("rollouts", RolloutMessages.Kind, "What an agent saw and did in T vector steps, and with which version of the weights.", Many: true, AcceptsShards: true)],
        Outputs =
        [
            new("weights", WeightsMessages.Kind, "The policy, one token at the beginning and one an update.", PolicySpec.Weights),
            new("metrics", MetricMessages.Kind, "Losses, statistics and the age of what was learned from, one token an update.", _ => ImpalaFigures.Layout, Observed: true),
        ],
        IsCompute = true,
        Validate = options => ((ImpalaOptions)options).Conflicts(),
        Sign = (options, _) => Sign((ImpalaOptions)options),
        Create = (options, context) => new ImpalaLearner((ImpalaOptions)options, context),
    };

    private static Signature Sign(ImpalaOptions options)
    {
        var policy = Term.Var("policy");
        return new Signature()
            .In("rollouts", RolloutMessages.Type(
                Term.Var("length"), Term.Var("copies"), Term.Var("observation"), Term.Var("action"), Term.Var("mask"), Term.Var("reward"), policy, fixedRoster: Term.Var("fixed-roster")))
            .Out("weights", WeightsMessages.Type(policy))
            .Out("metrics", MetricMessages.Type())
            .Where("rollouts", "policy", term => PolicySpec.HasHead(term, PolicyHead.Categorical), "agents that sample from a policy (agent/actor-critic)")
            .Where("rollouts", "policy", IsPlain, "agents without a memory, and not told who they are ('memory: 0', 'identity: false')")
            .Where("rollouts", "fixed-roster", isFixed => isFixed is true, "agents that act in every step; others learn with algorithm/ippo")
            .Starts("weights")
            .Fires(Phase.Once.Take("rollouts", options.Batch).Send("weights").Send("metrics"));
    }

    private static bool IsPlain(object term) => term is not Term policy || PolicySpec.TryFromTerm(policy) is null or { Network.Memory: 0, Identities: 0 };
}
