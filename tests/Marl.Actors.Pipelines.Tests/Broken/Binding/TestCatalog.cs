using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Pipelines.Tests.Broken.Binding;

/// <summary>Small components with the shapes of the real ones. The compiler never makes stages, so none of them can.</summary>
public static class TestCatalog
{
    private const string Words = "words";

    public enum Mood
    {
        Calm,
        VeryBold,
    }

    public sealed record WorldOptions(
        [Option("How many agents.", Minimum = 1, Maximum = 8)] int Agents = 2,
        [Option("Actions are vectors.")] bool Continuous = false,
        [Option("Width of an observation.", Minimum = 1)] int Width = 6,
        [Option("What rewards mean.")] RewardConvention Reward = RewardConvention.PerAgent);

    public sealed record AgentOptions(
        [Option("Layers.", Default = "8, 8", Minimum = 1, Maximum = 64)] Values<int> Hidden,
        [Option("Vector steps in a rollout.", Minimum = 1, Maximum = 2_000_000_000)] int Rollout = 5,
        [Option("How.")] Mood Mood = Mood.Calm,
        [Option("Width it insists on; 0 for any.", Minimum = 0)] int Width = 0);

    public sealed record LearnerOptions(
        [Option("Clip range.", Minimum = 0, Maximum = 1)] double Clip = 0.2,
        [Option("Least step.", Minimum = 0)] double Low = 0,
        [Option("Greatest step.", Minimum = 0)] double High = 1,
        [Option("Any text.")] string Note = "",
        [Option("Reward it learns from.")] RewardConvention Reward = RewardConvention.PerAgent);

    public sealed record ChannelOptions([Option("Words in a message.", Minimum = 1, Required = true)] int Words);

    public sealed record DiaryOptions([Option("Iterations for an entry.", Minimum = 1)] int Iterations = 1);

    public sealed record CountOptions([Option("How many.", Minimum = 0, Maximum = 1_000_000_000, Required = true)] int Updates);

    public sealed record StepOptions([Option("How many.", Minimum = 0, Required = true)] int Steps);

    public sealed record ProbabilityOptions([Option("Probability.", Minimum = 0, Maximum = 1, Required = true)] double P);

    public static Component World { get; } = WorldComponent.Of<WorldOptions>(
        "environment/toy",
        "A world.",
        "",
        o => new(
            Enumerable.Range(0, o.Agents).Select(i => new AgentSpec($"agent-{i}", new Box(o.Width), o.Continuous ? new Box(2, -1, 1) : new Discrete(3))).ToValues(),
            o.Reward,
            MaxSteps: 25,
            StateWidth: o.Agents * o.Width),
        (_, _) => throw new NotSupportedException());

    public static Component Agent { get; } = new()
    {
        Id = "agent/toy",
        Summary = "An agent.",
        Options = OptionsSchema.Of<AgentOptions>(),
        AllowsEach = true,
        Inputs =
        [
            new("steps", StepMessages.Kind, "What it sees."),
            new("weights", WeightsMessages.Kind, "What it acts with."),
            new("heard", Words, "What others say.", Required: false, AcceptsAbsent: true),
        ],
        Outputs =
        [
            new("actions", ActionMessages.Kind, "What it does.", ActionMessages.Layout),
            new("rollouts", RolloutMessages.Kind, "What it went through.", RolloutMessages.Layout),
            new("messages", Words, "What it says.", WordsLayout),
        ],
        Sign = (options, context) =>
        {
            var o = (AgentOptions)options;
            var (copies, action, mask, reward) = (Term.Var("copies"), Term.Var("action"), Term.Var("mask"), Term.Var("reward"));
            var observation = o.Width > 0 ? Term.Of(new Box(o.Width)) : Term.Var("observation");
            var policy = new Compound("policy", [Term.Of(context.Stage), Term.Of(o.Hidden), observation, action]);
            var rollout = Term.Of(o.Rollout);
            var (looks, begins) = (Phase.Once.Take("steps").Take("heard"), Phase.Once.Take("weights").Send("actions").Send("messages"));
            var acts = looks.Send("actions").Send("messages");
            var signature = new Signature()
                .In("steps", StepMessages.Type(copies, observation, action, mask, reward, Term.Of(true)))
                .In("weights", WeightsMessages.Type(policy))
                .In("heard", PortType.Of(Words, ("width", Term.Var("words"))))
                .Out("actions", ActionMessages.Type(copies, action))
                .Out("rollouts", RolloutMessages.Type(rollout, copies, observation, action, mask, reward, policy))
                .Out("messages", PortType.Of(Words, ("width", Term.Var("words"))))
                .Where("steps", "action", space => space is Discrete, "a discrete action space");
            return context.Purpose == Purpose.Evaluation
                ? signature.Fires(looks, begins, acts with { Repeat = Amount.Varying })
                : signature.Opens(looks).Fires(begins, acts with { Repeat = o.Rollout - 1 }, looks.Send("rollouts"));
        },
        Create = (_, _) => throw new NotSupportedException(),
    };

    public static Component Learner { get; } = new()
    {
        Id = "algorithm/toy",
        Summary = "A learner.",
        Options = OptionsSchema.Of<LearnerOptions>(),
        IsCompute = true,
        Inputs =
        [
            new("rollouts", RolloutMessages.Kind, "What it learns from, one token from each agent."),
            new("state", StateMessages.Kind, "What its critic sees.", Required: false),
        ],
        Outputs =
        [
            new("weights", WeightsMessages.Kind, "The policies.", _ => WeightsMessages.Layout(100), Distribution.PerInstance),
            new("metrics", MetricMessages.Kind, "Figures.", _ => MetricMessages.Layout("loss"), Observed: true),
        ],
        Validate = options => options is LearnerOptions { Low: var low, High: var high } && low > high
            ? [("low", $"The least step is {low}, but the greatest is {high}: exchange them.")]
            : [],
        Sign = (options, context) =>
        {
            var reward = Term.Of(((LearnerOptions)options).Reward);
            var peers = Math.Max(1, context.Peers("rollouts"));
            PortType Rollout(int i) => RolloutMessages.Type(
                Term.Var("length"), Term.Var("copies"), Term.Var($"observation{i}"), Term.Var($"action{i}"), Term.Var($"mask{i}"), reward, Term.Var($"policy{i}"));
            return new Signature()
                .In("rollouts", Enumerable.Range(0, peers).Select(Rollout).ToValues())
                .In("state", StateMessages.Type(Term.Var("copies"), Term.Var("view"), Term.Var("agents"), Term.Var("width")))
                .Out("weights", Enumerable.Range(0, peers).Select(i => WeightsMessages.Type(Term.Var($"policy{i}"))).ToValues())
                .Out("metrics", MetricMessages.Type())
                .Starts("weights")
                .Fires(Phase.Once.Take("rollouts").Take("state", Term.Var("length")).Send("weights").Send("metrics"));
        },
        Create = (_, _) => throw new NotSupportedException(),
    };

    /// <summary>One actor that acts on what a critic sees.</summary>
    public static Component Central { get; } = new()
    {
        Id = "agent/central",
        Summary = "One head for all.",
        Options = OptionsSchema.Of<NoOptions>(),
        Inputs = [new("state", StateMessages.Kind, "What it sees.")],
        Outputs = [new("actions", ActionMessages.Kind, "What it does.", ActionMessages.Layout)],
        Sign = (_, _) => new Signature()
            .In("state", StateMessages.Type(Term.Var("copies"), Term.Var("view"), Term.Var("agents"), Term.Var("width")))
            .Out("actions", ActionMessages.Type(Term.Var("copies"), Term.Of(new Discrete(3)))),
        Create = (_, _) => throw new NotSupportedException(),
    };

    public static Component Channel { get; } = new()
    {
        Id = "channel/toy",
        Summary = "Says what it heard to everybody.",
        Options = OptionsSchema.Of<ChannelOptions>(),
        Inputs = [new("said", Words, "What is said.", AcceptsAbsent: true, Many: true)],
        Outputs = [new("heard", Words, "What is heard.", WordsLayout)],
        Sign = (options, _) => new Signature()
            .In("said", PortType.Of(Words, ("width", Term.Of(((ChannelOptions)options).Words))))
            .Out("heard", PortType.Of(Words, ("width", Term.Of(((ChannelOptions)options).Words)))),
        Create = (_, _) => throw new NotSupportedException(),
    };

    /// <summary>Passes words on, and knows nothing of them: without a neighbour who does, their width stays open.</summary>
    public static Component Relay { get; } = Channel with
    {
        Id = "channel/relay",
        Options = OptionsSchema.Of<NoOptions>(),
        Sign = (_, _) => new Signature()
            .In("said", PortType.Of(Words, ("width", Term.Var("width"))))
            .Out("heard", PortType.Of(Words, ("width", Term.Var("width")))),
    };

    /// <summary>Says two things at a time, once it has heard two.</summary>
    public static Component Pairs { get; } = Channel with
    {
        Id = "channel/pairs",
        Sign = (options, context) => Channel.Sign(options, context).Fires(Phase.Once.Take("said", 2).Send("heard", 2)),
    };

    /// <summary>Repeats what it hears as often as it likes.</summary>
    public static Component Moody { get; } = Channel with
    {
        Id = "channel/moody",
        Sign = (options, context) => Channel.Sign(options, context).Fires(Phase.Once.Take("said").Send("heard", Amount.Varying)),
    };

    /// <summary>Repeats three messages, forgets to repeat the fourth, and then goes on.</summary>
    public static Component Tired { get; } = Channel with
    {
        Id = "channel/tired",
        Sign = (options, context) => Channel.Sign(options, context).Opens(Phase.Times(3).Take("said").Send("heard"), Phase.Once.Take("said")),
    };

    /// <summary>Speaks first, but not when it is watched.</summary>
    public static Component Shy { get; } = Channel with
    {
        Id = "channel/shy",
        Sign = (options, context) => context.Purpose == Purpose.Training ? Channel.Sign(options, context).Starts("heard") : Channel.Sign(options, context),
    };

    /// <summary>Says to its like what it heard, and to everybody what its like say.</summary>
    public static Component Gossip { get; } = Channel with
    {
        Id = "channel/gossip",
        AllowsEach = true,
        Inputs = [.. Channel.Inputs, new("rumours", Words, "What its like say.", FromPeers: true)],
        Outputs = [.. Channel.Outputs, new("whispers", Words, "What its like hear.", WordsLayout, Distribution.PerInstance)],
        Sign = (options, context) => Channel.Sign(options, context)
            .In("rumours", PortType.Of(Words, ("width", Term.Of(((ChannelOptions)options).Words))))
            .Out("whispers", PortType.Of(Words, ("width", Term.Of(((ChannelOptions)options).Words))))
            .Fires(Phase.Once.Take("said").Send("whispers"), Phase.Once.Take("rumours").Send("heard")),
    };

    /// <summary>Writes down how episodes went.</summary>
    public static Component Diary { get; } = new()
    {
        Id = "analysis/diary",
        Summary = "A diary.",
        Options = OptionsSchema.Of<DiaryOptions>(),
        Inputs =
        [
            new("episodes", EpisodeMessages.Kind, "Of training.", Required: false),
            new("scores", ScoreMessages.Kind, "Of evaluation.", Required: false),
        ],
        Outputs = [new("entries", MetricMessages.Kind, "Entries.", _ => MetricMessages.Layout("mean"), Observed: true)],
        Sign = (options, _) => new Signature()
            .In("episodes", EpisodeMessages.Type(Term.Var("agents"), Term.Var("reward")))
            .In("scores", ScoreMessages.Type(Term.Var("judged"), Term.Var("copies"), Term.Var("reward")))
            .Out("entries", MetricMessages.Type())
            .Fires(Phase.Once.Take("episodes", ((DiaryOptions)options).Iterations).Take("scores").Send("entries")),
        Create = (_, _) => throw new NotSupportedException(),
    };

    public static Values<OperatorComponent> Operators { get; } =
    [
        Operator<CountOptions>("every") with { Passes = o => new() { Cycle = [(1, 1), (Math.Max(1, ((CountOptions)o).Updates) - 1, 0)] } },
        Operator<CountOptions>("lag") with { Passes = o => new() { Opening = [(1, ((CountOptions)o).Updates + 1)] } },
        Operator<StepOptions>("delay") with { Passes = o => new() { Start = ((StepOptions)o).Steps }, MakesAbsent = true },
        Operator<ProbabilityOptions>("drop") with { MakesAbsent = true, IsIdentity = o => ((ProbabilityOptions)o).P == 0 },
        Operator<NoOptions>("mute") with { Accepts = kind => kind == Words },
        Operator<NoOptions>("spell") with { Accepts = kind => kind == ActionMessages.Kind, Type = (_, _) => PortType.Of(Words, ("width", Term.Of(1))) },
    ];

    public static ComponentCatalog Catalog { get; } = new([World, Agent, Central, Learner, Channel, Relay, Pairs, Moody, Tired, Shy, Gossip, Diary], Operators);

    private static OperatorComponent Operator<TOptions>(string id) => new()
    {
        Id = id,
        Summary = $"The test operator {id}.",
        Options = OptionsSchema.Of<TOptions>(),
        Create = (_, _) => throw new NotSupportedException(),
    };

    private static MessageLayout WordsLayout(PortType type) => new(Words, new Field("words", [type.Get<int>("width")]));
}
