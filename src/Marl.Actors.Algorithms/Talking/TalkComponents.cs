using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Algorithms.Rewards;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>
/// Algorithms whose agents learn what to say: one learner (<see cref="TalkLearner"/>), which repeats every exchange. They differ in
/// what a message is, and so in how it is learned: drawn words and gates are reinforced like actions; through numbers gradients
/// flow from whoever heard them. The papers learn values (RIAL, DIAL) or use REINFORCE; here all improve with PPO's objective.
/// </summary>
public static class TalkComponents
{
    /// <summary>Index of the input <c>rollouts</c>.</summary>
    public const int Rollouts = 0;

    /// <summary>Index of the input <c>exchanges</c>.</summary>
    public const int Exchanges = 1;

    /// <summary>Index of the input <c>state</c>.</summary>
    public const int State = 2;

    /// <summary>Index of the output <c>weights</c>.</summary>
    public const int Weights = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    private const string Foerster = "Foerster, Assael, de Freitas, Whiteson, Learning to communicate with deep multi-agent reinforcement learning, NIPS 2016";

    /// <summary>Words, reinforced.</summary>
    public static Component Rial { get; } = Of(
        "algorithm/rial", "Agents that say words, reinforced like their actions.", Foerster, talk => talk.Speech == Speech.Words, "agents that say words ('speech: words')");

    /// <summary>Bits, differentiable.</summary>
    public static Component Dial { get; } = Of(
        "algorithm/dial", "Agents that say bits; gradients come back from those who heard them.", Foerster, talk => talk.Speech == Speech.Bits, "agents that say bits ('speech: bits')");

    /// <summary>Vectors, whose mean is heard.</summary>
    public static Component CommNet { get; } = Of(
        "algorithm/commnet",
        "Agents that hear the mean of the others' vectors, learned by the gradients of those who hear it.",
        "Sukhbaatar, Szlam, Fergus, Learning multiagent communication with backpropagation, NIPS 2016",
        talk => talk is { Speech: Speech.Vectors, HasGate: false },
        "agents that say vectors, always ('speech: vectors', no 'gate')");

    /// <summary>Signatures and attention.</summary>
    public static Component TarMac { get; } = Of(
        "algorithm/tarmac",
        "Agents that listen to those whose signatures fit their queries.",
        "Das et al., TarMAC: Targeted multi-agent communication, ICML 2019",
        talk => talk.Speech == Speech.Attention,
        "agents that listen with attention ('speech: attention')");

    /// <summary>Vectors behind a gate.</summary>
    public static Component Ic3Net { get; } = Of(
        "algorithm/ic3net",
        "Agents that choose whether to speak, and hear the mean of the vectors of those who do.",
        "Singh, Jain, Sukhbaatar, Learning when to communicate at scale in multiagent cooperative and competitive tasks, ICLR 2019",
        talk => talk is { Speech: Speech.Vectors, HasGate: true },
        "agents that say vectors when they choose to ('speech: vectors', 'gate: true')");

    private static Component Of(string id, string summary, string source, Func<TalkSpec, bool> suits, string expectation) => new()
    {
        Id = id,
        Summary = summary,
        Source = source,
        Options = OptionsSchema.Of<TalkOptions>(),
        Inputs =
        [
            new("rollouts", RolloutMessages.Kind, "What every agent saw and did, one token from each an update.", Many: true),
            new("exchanges", ExchangeMessages.Kind, "What every agent said and heard, one token from each an update.", Many: true),
            new("state", StateMessages.Kind, "What a centralised critic sees, one token a vector step; without it each critic sees what its agents see.", Required: false),
        ],
        Outputs =
        [
            PolicyWeights.Port,
            new("metrics", MetricMessages.Kind, "Losses and statistics, one token an update.", _ => TalkFigures.Layout, Observed: true),
        ],
        IsCompute = true,
        Sign = (options, context) => Sign((TalkOptions)options, context, suits, expectation),
        Create = (options, context) => new TalkLearner((TalkOptions)options, context),
    };

    private static Signature Sign(TalkOptions options, SignatureContext context, Func<TalkSpec, bool> suits, string expectation)
    {
        var agents = Math.Max(1, context.Peers("rollouts"));
        var (length, copies, reward) = (Term.Var("length"), Term.Var("copies"), Term.Var("reward"));
        var (utterance, passage) = (Term.Var("utterance"), Term.Var("passage"));
        var policies = new Dictionary<string, Term>();
        var signature = new Signature()
            .In("rollouts", Each(agents, i => RolloutMessages.Type(
                length, copies, Term.Var($"observation-{i}"), Term.Var($"action-{i}"), Term.Var($"mask-{i}"), reward, Term.Var($"policy-{i}"), fixedRoster: Term.Var("fixed-roster"))))
            .In("exchanges", Each(agents, i => ExchangeMessages.Type(
                length, copies, utterance, Term.Of(agents), Term.Var("said"), Term.Of(i), passage, Term.Var($"policy-{i}"))))
            .Out("weights", Each(agents, i => WeightsMessages.Type(Term.Var($"policy-{i}"))))
            .Out("metrics", MetricMessages.Type())
            .Starts("weights")
            .Where("rollouts", "policy", term => PolicySpec.TalkOf(term) is not { } talk || suits(talk), expectation)
            .Where("rollouts", "policy", term => AgentGroup.IsAlike(policies, term), AgentGroup.Alike);
        var update = Phase.Once.Take("rollouts").Take("exchanges").Send("weights").Send("metrics");
        if (context.Peers("state") > 0)
        {
            signature.In("state", StateMessages.Type(copies, Term.Var("view"), Term.Of(agents), Term.Var("width")))
                .Opens(update.Take("state", (Amount)length + 1))
                .Fires(update.Take("state", length));
        }
        else
        {
            signature.Fires(update);
        }

        return options.Reward.DemandOfRollouts(signature);
    }

    private static Values<PortType> Each(int agents, Func<int, PortType> type) => Enumerable.Range(0, agents).Select(type).ToValues();
}
