using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Communication;

/// <summary>A figure of a link.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Estimate">The figure; not known where what it needs was not observed.</param>
public readonly record struct LinkFigure(Measure Measure, Estimate Estimate);

/// <summary>The figures of what one speaker tells one listener.</summary>
/// <param name="Channel">Over which channel; "" where there is but one.</param>
/// <param name="Speaker">Who spoke.</param>
/// <param name="Listener">Who heard it.</param>
/// <param name="Round">In which round of each step, from 1; null where there is but one.</param>
/// <param name="Messages">How many messages there are to choose from.</param>
/// <param name="Entropy">H(message) in nats, as the counts say.</param>
/// <param name="Figures">In the order of <see cref="Measures.All"/>.</param>
public sealed record LinkReport(string Channel, string Speaker, string Listener, int? Round, int Messages, double Entropy, Values<LinkFigure> Figures)
{
    /// <summary>Measures a link. Each figure's test draws from a key of its own, so that no figure changes when another is left out.</summary>
    public static LinkReport Of(Exchanges link, Shuffling shuffling)
    {
        var entropy = link.Messages.IsKnown
            ? JointCounts.Of(new int[link.Messages.Codes.Length], link.Messages.Codes, 1, link.Messages.Size).ColumnEntropy
            : double.NaN;
        return new(
            link.Channel, link.Speaker, link.Listener, link.Round, link.Messages.Size, entropy, Measures.All.Select(measure => new LinkFigure(measure, Figure(link, measure, shuffling))).ToValues());
    }

    /// <summary><c>sender → receiver</c>, with channel and round where there are several.</summary>
    public string Name => $"{(Channel.Length > 0 ? $"{Channel}: " : "")}{Speaker} → {Listener}{(Round is { } round ? $", round {round}" : "")}";

    /// <summary>The figure of a measure.</summary>
    public Estimate this[Measure measure] => Figures[(int)measure].Estimate;

    private static Estimate Figure(Exchanges link, Measure measure, Shuffling shuffling)
    {
        var test = shuffling with { Key = shuffling.Key.Derive($"{link.Channel}{link.Speaker}→{link.Listener}{link.Round}").Derive((ulong)measure) };
        var deeds = link.SpeakerActions.IsKnown ? link.SpeakerActions : link.Sights;
        return measure switch
        {
            Measure.PositiveSignalling => Dependence.Information(link.Sights, link.Messages, link.Episodes, test),
            Measure.SpeakerConsistency => Dependence.Information(deeds, link.Messages, link.Episodes, test),
            Measure.InstantaneousCoordination => Dependence.Information(link.ListenerActions, link.Messages, link.Episodes, test),
            Measure.ContextIndependence => Dependence.ContextIndependence(deeds, link.Messages, link.Episodes, test),
            Measure.TopographicSimilarity => TopographicSimilarity.Of(link.Meanings, link.Words, test),
            Measure.CausalInfluence => link.Responses is { } tried ? CausalInfluence.Of(tried, test) : Estimate.None,
            _ => link.Responses is { } tried ? CausalInfluence.Listening(tried, test) : Estimate.None,
        };
    }
}
