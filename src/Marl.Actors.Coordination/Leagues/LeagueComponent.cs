using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Policies.Leagues;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Coordination.Leagues;

/// <summary>
/// <c>league/self-play</c>: keeps past selves of a player, and of an exploiter of it where there is one, says who meets whom,
/// and keeps the books on what comes of it. Seats report to it (<c>agent/contender</c>).
/// </summary>
public static class LeagueComponent
{
    /// <summary>Index of the input <c>results</c>.</summary>
    public const int Results = 0;

    /// <summary>Index of the output <c>matches</c>.</summary>
    public const int Matches = 0;

    /// <summary>Index of the output <c>metrics</c>.</summary>
    public const int Metrics = 1;

    /// <summary>Its name in pipeline files.</summary>
    public const string Id = "league/self-play";

    /// <summary>What it says of an update.</summary>
    internal static MessageLayout Figures { get; } = MetricMessages.Layout("pool", "elo", "past-score", "exploiter-elo", "exploiter-score");

    /// <summary>The catalog entry.</summary>
    public static Component Component { get; } = new()
    {
        Id = Id,
        Summary = "Keeps a pool of past selves and assigns opponents, match by match: itself, fictitious or prioritised fictitious self-play, with or without an exploiter.",
        Source = "Heinrich, Lanctot, Silver, Fictitious self-play in extensive-form games, ICML 2015; Vinyals et al., Nature 575, 2019",
        Example = LeagueExample.Text,
        Options = OptionsSchema.Of<LeagueOptions>(),
        IsCompute = true, // it belongs to the learner's side, and evaluation has no twin of it
        Inputs = [new("results", ResultMessages.Kind, "What came of every seat's matches, and who sits there now, one token from each an update.", Many: true)],
        Outputs =
        [
            new("matches", MatchMessages.Kind, "Whom each seat stands for, one token an update.", Layout, Distribution.PerInstance),
            new("metrics", MetricMessages.Kind, "Size of the pool, ratings and scores, one token an update.", _ => Figures, Observed: true),
        ],
        Sign = (options, context) => Sign((LeagueOptions)options, context),
        Create = (options, context) => new LeagueStage((LeagueOptions)options, context),
    };

    private static MessageLayout Layout(PortType type) => MatchMessages.Layout(type.Get<int>("groups"), PolicySpec.FromTerm(type["policy"]).Parameters);

    private static Signature Sign(LeagueOptions options, SignatureContext context)
    {
        var (seats, groups) = (Math.Max(1, context.Peers("results")), Term.Of(options.Groups));
        Values<PortType> Each(Func<Term, Term, Term, PortType> type) =>
            Enumerable.Range(0, seats).Select(seat => type(groups, Term.Var($"policy-{seat}"), Term.Var($"exploiter-{seat}"))).ToValues();
        var (hears, says) = (Phase.Once.Take("results").Send("matches"), Phase.Once.Take("results").Send("matches").Send("metrics"));
        return new Signature()
            .In("results", Each(ResultMessages.Type))
            .Out("matches", Each(MatchMessages.Type))
            .Out("metrics", MetricMessages.Type())
            .Opens(hears)
            .Fires(says);
    }
}
