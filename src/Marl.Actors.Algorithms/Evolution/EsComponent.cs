using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// <c>algorithm/es</c>: evolution strategies. Agents (<c>agent/evolving</c>) try mirrored perturbations of the policy; the learner
/// hears what each got and tells all what each was worth. Noise is made from keys where it is needed, so that a generation costs
/// the same few bytes a member whatever the size of the networks; weights go to evaluation only.
/// </summary>
public static class EsComponent
{
    /// <summary>Index of the input <c>returns</c>.</summary>
    public const int Returns = 0;

    /// <summary>Index of the output <c>generations</c>.</summary>
    public const int Generations = 0;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 1;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 2;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "algorithm/es",
        Summary = "Evolution strategies: mirrored perturbations of a policy, ranked by return, whose noise everybody makes from a shared key.",
        Source = "Salimans et al., Evolution strategies as a scalable alternative to reinforcement learning, arXiv:1703.03864",
        Options = OptionsSchema.Of<EsOptions>(),
        Inputs = [new("returns", ReturnMessages.Kind, "What the members of each agent's population got, one token from each a generation.", Many: true, AcceptsShards: true)],
        Outputs =
        [
            new("generations", GenerationMessages.Kind, "To each agent, what the members were worth; at the beginning, the key of first parameters and noise.", GenerationMessages.Layout, Distribution.PerInstance),
            new("weights", WeightsMessages.Kind, "Each agent's policy, for evaluation: one token at the beginning and one a generation.", PolicySpec.Weights, Distribution.PerInstance),
            new("metrics", MetricMessages.Kind, "Returns of the population and the step taken, one token a generation.", _ => EsFigures.Layout, Observed: true),
        ],
        IsCompute = true,
        Sign = (options, context) => Sign((EsOptions)options, context),
        Create = (options, context) => new EsLearner((EsOptions)options, context),
    };

    private static Signature Sign(EsOptions options, SignatureContext context)
    {
        var lanes = Math.Max(1, context.Peers("returns"));
        var (length, copies, shards) = (Term.Var("length"), Term.Var("copies"), context.Shard.Heard);
        var known = new Dictionary<string, Term>();
        var signature = new Signature()
            .In("returns", Each(lanes, i => ReturnMessages.Type(length, copies, Term.Var("reward"), Policy(i))))
            .Out("generations", Each(lanes, i => GenerationMessages.Type(copies, Term.Of(shards), Policy(i))))
            .Out("weights", Each(lanes, i => WeightsMessages.Type(Policy(i))))
            .Out("metrics", MetricMessages.Type())
            .Where("returns", "policy", term => AgentGroup.IsAlike(known, term), AgentGroup.Alike)
            .Where("returns", "copies", count => (int)count * shards % 2 == 0, "an even number of copies over all shards, since members of a population come in pairs")
            .Where("returns", "policy", _ => lanes >= Math.Max(shards, context.Peers("generations")), "a token of each agent at once ('returns: … |> by-step')")
            .Starts("generations").Starts("weights");
        return options.Reward.Demand(signature, "returns");
    }

    private static Term Policy(int lane) => Term.Var($"policy-{lane}");

    private static Values<PortType> Each(int lanes, Func<int, PortType> type) => Enumerable.Range(0, lanes).Select(type).ToValues();
}
