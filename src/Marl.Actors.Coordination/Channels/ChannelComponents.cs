using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Coordination.Channels;

/// <summary>Options of <c>channel/broadcast</c>, <c>channel/targeted</c> and <c>channel/shared-medium</c>.</summary>
/// <param name="Physics">What it does to messages.</param>
public sealed record ChannelOptions([OptionGroup] ChannelPhysics? Physics = null)
{
    /// <summary>What it does to messages.</summary>
    public ChannelPhysics Physics { get; init; } = Physics ?? new();
}

/// <summary>Options of <c>channel/environment</c>.</summary>
/// <param name="Physics">What it does to messages.</param>
/// <param name="Duration">How long a trace stays.</param>
/// <param name="Fading">How fast it fades.</param>
/// <param name="Reach">How near it must be.</param>
public sealed record EnvironmentChannelOptions(
    [OptionGroup] ChannelPhysics? Physics = null,
    [Option("Vector steps that a trace stays behind the one it was left in.", Minimum = 0, Maximum = 1000)] int Duration = 8,
    [Option("Share of its strength that a trace loses with every step.", Minimum = 0, Maximum = 0.999)] double Fading = 0.1,
    [Option("Distance at which a listener finds a trace, where speakers say where they are ('place').", Minimum = 0, Maximum = 1e9)] double Reach = 1)
{
    /// <summary>What it does to messages.</summary>
    public ChannelPhysics Physics { get; init; } = Physics ?? new();
}

/// <summary>Channels: agents say something in every round of a step, and hear what the channel makes of it.</summary>
public static class ChannelComponents
{
    /// <summary>Index of the input <c>said</c>.</summary>
    public const int Said = 0;

    /// <summary>Index of the output <c>heard</c>.</summary>
    public const int Heard = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>To all.</summary>
    public static Component Broadcast { get; } = Of<ChannelOptions>(
        "channel/broadcast", "Brings what each agent says to all others.", "", o => o.Physics, o => new Broadcast(o.Physics.Delay));

    /// <summary>To one.</summary>
    public static Component Targeted { get; } = Of<ChannelOptions>(
        "channel/targeted", "Brings what an agent says to the one it is for.", "", o => o.Physics, o => new Targeted(o.Physics.Delay), isAddressed: true);

    /// <summary>One at a time.</summary>
    public static Component SharedMedium { get; } = Of<ChannelOptions>(
        "channel/shared-medium",
        "Brings what an agent says to all others if it is the only one to speak; messages of one round destroy each other.",
        "Abramson, The ALOHA system, AFIPS 1970",
        o => o.Physics,
        o => new SharedMedium(o.Physics.Delay));

    /// <summary>Through the world.</summary>
    public static Component Environment { get; } = Of<EnvironmentChannelOptions>(
        "channel/environment",
        "Keeps what agents say as traces where they said it; who comes near finds them, the fainter the older.",
        "Grassé, La reconstruction du nid et les coordinations interindividuelles, Insectes sociaux 6, 1959 (stigmergy)",
        o => o.Physics,
        o => new Traces(o),
        keepsMessages: true);

    private static Component Of<TOptions>(
        string id, string summary, string source, Func<TOptions, ChannelPhysics> physics, Func<TOptions, Medium> medium, bool isAddressed = false, bool keepsMessages = false) => new()
        {
            Id = id,
            Summary = summary,
            Source = source,
            Options = OptionsSchema.Of<TOptions>(),
            Inputs = [new("said", SpokenMessages.Kind, "What each agent says, one token from each a round.", AcceptsAbsent: true, Many: true)],
            Outputs =
            [
                new("heard", HeardMessages.Kind, "What each agent hears, one token a round.", HeardMessages.Layout, Distribution.PerInstance),
                new("metrics", MetricMessages.Kind, "What was said and what became of it, one token an iteration of training.", _ => ChannelMeter.Layout, Observed: true),
            ],
            Validate = options => physics((TOptions)options).Conflicts(),
            Sign = (options, context) => Sign(physics((TOptions)options), context, isAddressed, keepsMessages),
            Create = (options, context) => new ChannelStage(physics((TOptions)options), medium((TOptions)options), context),
        };

    private static Signature Sign(ChannelPhysics physics, SignatureContext context, bool isAddressed, bool keepsMessages)
    {
        var (speakers, listeners) = (Math.Max(1, context.Peers("said")), Math.Max(1, context.Peers("heard")));
        var (copies, utterance, passage) = (Term.Var("copies"), Term.Var("utterance"), Term.Of(physics.Passage(keepsMessages)));
        return new Signature()
            .In("said", Each(speakers, i => SpokenMessages.Type(copies, utterance, Term.Var($"name-{i}"))))
            .Out("heard", Each(listeners, i => HeardMessages.Type(
                copies, utterance, Term.Of(speakers), i < speakers ? Term.Var($"name-{i}") : Term.Of("nobody who speaks"), Term.Of(i), passage)))
            .Out("metrics", MetricMessages.Type())
            .Where("said", "utterance", physics.Suits, physics.Flip > 0 ? "words, whose bits can be flipped (numbers take 'noise')" : "numbers, to add noise to or to round (words take 'flip')")
            .Where("said", "utterance", physics.Lets, "messages of which something fits into the bandwidth (a word of V takes log2 V bits, a number 32 or log2 of the levels, once a round)")
            .Where("said", "utterance", said => !isAddressed || said is Utterance { IsAddressed: true }, "agents that say whom a message is for ('address: true')")
            .Fires(Phase.Once.Take("said").Send("heard").Send("metrics", Amount.Varying));
    }

    private static Values<PortType> Each(int count, Func<int, PortType> type) => Enumerable.Range(0, count).Select(type).ToValues();
}
