using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Gradients;

/// <summary>
/// Learners that make gradients and leave the steps to a parameter server: one a shard (<c>each: world.shards</c>), with agents
/// and a world of its own. <c>algorithm/dppo</c> together with a bsp server is <c>algorithm/ippo</c> beside the shards, to the
/// bit; <c>algorithm/a3c</c> goes with any server. <c>algorithm/dd-ppo</c> needs no server: each takes the steps itself, along
/// the mean of all gradients, which the learners make among themselves.
/// </summary>
public static class GradientComponents
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the input <c>parameters</c>.</summary>
    public const int Parameters = 1;

    /// <summary>Index of the input <c>mean</c>, where a learner steps itself.</summary>
    public const int Mean = 1;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>gradients</c>.</summary>
    public const int Gradients = 1;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 2;

    private const string Parts = "parts";

    /// <summary>Distributed PPO.</summary>
    public static Component Dppo { get; } = Of<DppoOptions>(
        "algorithm/dppo",
        "Gradients of proximal policy optimisation, for a parameter server that steps along the mean over all learners.",
        "Heess et al., Emergence of locomotion behaviours in rich environments, arXiv:1707.02286");

    /// <summary>Asynchronous advantage actor-critic.</summary>
    public static Component A3c { get; } = Of<A3cOptions>(
        "algorithm/a3c",
        "Gradients of an actor and a critic over rollouts of a few steps, for a parameter server that steps along each as it comes.",
        "Mnih et al., Asynchronous methods for deep reinforcement learning, ICML 2016");

    /// <summary>Decentralised distributed PPO.</summary>
    public static Component DdPpo { get; } = new()
    {
        Id = "algorithm/dd-ppo",
        Summary = "Proximal policy optimisation by equal learners, each of which steps along the mean of all their gradients.",
        Source = "Wijmans et al., DD-PPO: Learning near-perfect PointGoal navigators from 2.5 billion frames, ICLR 2020",
        Options = OptionsSchema.Of<PpoOptions>(),
        Inputs =
        [
            RolloutPort,
            new("mean", GradientMessages.Kind, "The mean of the gradients of all learners, the same for each (collective/all-reduce)."),
        ],
        Outputs =
        [
            PolicyWeights.Port,
            new("gradients", GradientMessages.Kind, "What it would change itself, for the mean.", GradientLayout),
            MetricsPort,
        ],
        IsCompute = true,
        Validate = options => ((PpoOptions)options).Conflicts(),
        Sign = (options, context) => SignEqual((PpoOptions)options, context),
        Create = (options, context) => new GradientLearner((PpoOptions)options, 1, isOwnServer: true, context),
    };

    private static InputPort RolloutPort => new("rollouts", RolloutMessages.Kind, "What every agent saw and did, one token from each an update.", Many: true);

    private static OutputPort MetricsPort => new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => GradientFigures.Layout, Observed: true);

    private static MessageLayout GradientLayout(PortType type) => GradientMessages.Layout(ParameterRange.FromTerm(type["range"]).Length);

    private static Component Of<TOptions>(string id, string summary, string source)
        where TOptions : IGradientOptions => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs =
            [
                RolloutPort,
                new("parameters", ParameterMessages.Kind, "The server's answer to each gradient.", Domain: Parts),
            ],
            Outputs =
            [
                PolicyWeights.Port,
                new("gradients", GradientMessages.Kind, "To each server, what it should change; at the beginning, what it should begin with.", GradientLayout, Distribution.PerInstance, Domain: Parts),
                MetricsPort,
            ],
            IsCompute = true,
            Domains = options => new Dictionary<string, Values<string>> { [Parts] = Members(((TOptions)options).Parts) },
            Validate = options => ((TOptions)options).ToPpo().Conflicts(),
            Sign = (options, context) => Sign((TOptions)options, context),
            Create = (options, context) => new GradientLearner(((TOptions)options).ToPpo(), ((TOptions)options).Parts, isOwnServer: false, context),
        };

    /// <summary>One part needs no name.</summary>
    private static Values<string> Members(int parts) => parts == 1 ? [""] : Enumerable.Range(0, parts).Select(part => $"part-{part}").ToValues();

    private static Signature Sign(IGradientOptions settings, SignatureContext context)
    {
        var options = settings.ToPpo();
        var agents = Math.Max(1, context.Peers("rollouts"));
        var policies = Each(agents, i => Term.Var($"policy-{i}"));
        var ranges = Each(settings.Parts, part => ParameterRange.ToTerm(policies, options.Hidden, options.Activation, part, settings.Parts));
        var signature = Begin(agents, policies)
            .In("parameters", ranges.Select(ParameterMessages.Type).ToValues())
            .Out("gradients", ranges.Select(GradientMessages.Type).ToValues())
            .Starts("gradients");
        return End(signature, options, Phase.Once.Take("parameters"));
    }

    private static Signature SignEqual(PpoOptions options, SignatureContext context)
    {
        var agents = Math.Max(1, context.Peers("rollouts"));
        var policies = Each(agents, i => Term.Var($"policy-{i}"));
        var all = ParameterRange.ToTerm(policies, options.Hidden, options.Activation, 0, 1);
        return End(Begin(agents, policies).In("mean", GradientMessages.Type(all)).Out("gradients", GradientMessages.Type(all)), options, Phase.Once.Take("mean"));
    }

    private static Signature Begin(int agents, Values<Term> policies) => new Signature()
        .In("rollouts", Each(agents, i => RolloutMessages.Type(
            Term.Var("length"), Term.Var("copies"), Term.Var($"observation-{i}"), Term.Var($"action-{i}"), Term.Var($"mask-{i}"), Term.Var("reward"), policies[i], fixedRoster: Term.Var("fixed-roster"))))
        .Out("weights", Each(agents, i => WeightsMessages.Type(policies[i])))
        .Out("metrics", MetricMessages.Type())
        .Starts("weights");

    /// <summary>A gradient for each minibatch, and an answer to each.</summary>
    private static Signature End(Signature signature, PpoOptions options, Phase answer)
    {
        var gradients = options.Epochs * options.Minibatches;
        Phase[] between = gradients > 1 ? [answer.Send("gradients") with { Repeat = gradients - 1 }] : [];
        signature.Fires([Phase.Once.Take("rollouts").Send("gradients"), .. between, answer.Send("weights").Send("metrics")]);
        return PpoComponents.Demand(signature, options.Reward);
    }

    private static Values<T> Each<T>(int count, Func<int, T> of) => Enumerable.Range(0, count).Select(of).ToValues();
}
