using Marl.Actors.Algorithms.Parameters;
using Marl.Actors.Algorithms.Ppo;
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
/// bit; <c>algorithm/a3c</c> goes with any server.
/// </summary>
public static class GradientComponents
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the input <c>parameters</c>.</summary>
    public const int Parameters = 1;

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

    private static Component Of<TOptions>(string id, string summary, string source)
        where TOptions : IGradientOptions => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs =
            [
                new("rollouts", RolloutMessages.Kind, "What every agent saw and did, one token from each an update.", Many: true),
                new("parameters", ParameterMessages.Kind, "The server's answer to each gradient.", Domain: Parts),
            ],
            Outputs =
            [
                new("weights", WeightsMessages.Kind, "Each agent's policy, one token at the beginning and one an update.", type => WeightsMessages.Layout(PolicySpec.FromTerm(type["policy"]).Network.Parameters), Distribution.PerInstance),
                new("gradients", GradientMessages.Kind, "To each server, what it should change; at the beginning, what it should begin with.", type => GradientMessages.Layout(ParameterRange.FromTerm(type["range"]).Length), Distribution.PerInstance, Domain: Parts),
                new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => GradientFigures.Layout, Observed: true),
            ],
            IsCompute = true,
            Domains = options => new Dictionary<string, Values<string>> { [Parts] = Members(((TOptions)options).Parts) },
            Validate = options => ((TOptions)options).ToPpo().Conflicts(),
            Sign = (options, context) => Sign((TOptions)options, context),
            Create = (options, context) => new GradientLearner((TOptions)options, context),
        };

    /// <summary>One part needs no name.</summary>
    private static Values<string> Members(int parts) => parts == 1 ? [""] : Enumerable.Range(0, parts).Select(part => $"part-{part}").ToValues();

    private static Signature Sign(IGradientOptions settings, SignatureContext context)
    {
        var options = settings.ToPpo();
        var agents = Math.Max(1, context.Peers("rollouts"));
        var policies = Each(agents, i => Term.Var($"policy-{i}"));
        var ranges = Each(settings.Parts, part => ParameterRange.ToTerm(policies, options.Hidden, options.Activation, part, settings.Parts));
        var signature = new Signature()
            .In("rollouts", Each(agents, i => RolloutMessages.Type(
                Term.Var("length"), Term.Var("copies"), Term.Var($"observation-{i}"), Term.Var($"action-{i}"), Term.Var($"mask-{i}"), Term.Var("reward"), policies[i], fixedRoster: Term.Var("fixed-roster"))))
            .In("parameters", ranges.Select(ParameterMessages.Type).ToValues())
            .Out("weights", Each(agents, i => WeightsMessages.Type(policies[i])))
            .Out("gradients", ranges.Select(GradientMessages.Type).ToValues())
            .Out("metrics", MetricMessages.Type())
            .Starts("weights").Starts("gradients");
        var answer = Phase.Once.Take("parameters");
        var gradients = options.Epochs * options.Minibatches;
        Phase[] between = gradients > 1 ? [answer.Send("gradients") with { Repeat = gradients - 1 }] : [];
        signature.Fires([Phase.Once.Take("rollouts").Send("gradients"), .. between, answer.Send("weights").Send("metrics")]);
        return PpoComponents.Demand(signature, options.Reward);
    }

    private static Values<T> Each<T>(int count, Func<int, T> of) => Enumerable.Range(0, count).Select(of).ToValues();
}
