using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Populations;

/// <summary>
/// <c>population/pbt</c>: population-based training. The members are the shards of the world, each with agents and a learner of
/// its own; the population stands beside them and knows nothing of them but scores, weights, and names and bounds of settings.
/// </summary>
public static class PbtComponent
{
    /// <summary>Index of the input <c>members</c>.</summary>
    public const int Members = 0;

    /// <summary>Index of the input <c>episodes</c>.</summary>
    public const int Episodes = 1;

    /// <summary>Index of the output <c>orders</c>.</summary>
    public const int Orders = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = "population/pbt",
        Summary = "Population-based training: members with low scores go on from the weights of those with high ones, with settings a little changed.",
        Source = "Jaderberg et al., Population based training of neural networks, arXiv:1711.09846",
        Example = PopulationExample.Text,
        Options = OptionsSchema.Of<PbtOptions>(),
        Inputs =
        [
            new("members", MemberMessages.Kind, "What each member has learned, one token from each an exchange.", AcceptsShards: true),
            new("episodes", EpisodeMessages.Kind, "How each member did since the last exchange.", AcceptsShards: true),
        ],
        Outputs =
        [
            new("orders", OrderMessages.Kind, "To each member, how it goes on; at the beginning, its first settings.", OrderLayout, Distribution.PerInstance),
            new("metrics", MetricMessages.Kind, "Scores, and how different the members are, one token an exchange.", _ => PbtFigures.Layout, Observed: true),
        ],
        Validate = options => ((PbtOptions)options).Conflicts(),
        Sign = (options, context) => Sign((PbtOptions)options, context),
        Create = (options, context) => new PbtStage((PbtOptions)options, context),
    };

    /// <summary>Floats of weights and of luggage of a resolved type.</summary>
    internal static (int Weights, int Luggage) Lengths(PortType type)
    {
        var weights = ParameterRange.LengthOf(type["weights"]);
        return (weights, MemberMessages.LuggageOf(type, weights));
    }

    private static MessageLayout OrderLayout(PortType type)
    {
        var (weights, luggage) = Lengths(type);
        return OrderMessages.Layout(type.Get<Core.Results.Values<string>>("settings").Count, weights, luggage);
    }

    private static Signature Sign(PbtOptions options, SignatureContext context)
    {
        var (weights, times, more) = (Term.Var("weights"), Term.Var("times"), Term.Var("more"));
        var members = context.Peers("members");
        return new Signature()
            .In("members", MemberMessages.Type(weights, times, more))
            .In("episodes", EpisodeMessages.Type(Term.Var("agents"), Term.Var("reward")))
            .Out("orders", OrderMessages.Type(Term.Of(options.Settings), Term.Of(options.Every), weights, times, more))
            .Out("metrics", MetricMessages.Type())
            .Where("members", "weights", _ => context.Shard.Heard == 1 || members == context.Shard.Heard, "a token from each member at once ('members: … |> by-step')")
            .Where("members", "weights", _ => options.First.Count == 0 || options.First.Count == members * options.Settings.Count, $"as many members as 'first' has settings for ({options.First.Count / options.Settings.Count})")
            .Where("episodes", "agents", _ => context.Peers("episodes") == members, "episodes of each member at once ('episodes: … |> by-step')")
            .Starts("orders");
    }
}
