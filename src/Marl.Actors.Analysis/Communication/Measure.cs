namespace Marl.Actors.Analysis.Communication;

/// <summary>What is measured of a language.</summary>
public enum Measure
{
    /// <summary>I(message; what the speaker saw).</summary>
    PositiveSignalling,

    /// <summary>I(message; what its speaker does); what it saw, where it can do nothing but speak.</summary>
    SpeakerConsistency,

    /// <summary>I(message; what its listener does).</summary>
    InstantaneousCoordination,

    /// <summary>Whether each thing has a word of its own.</summary>
    ContextIndependence,

    /// <summary>Whether like things are called alike.</summary>
    TopographicSimilarity,

    /// <summary>What messages do to the listener.</summary>
    CausalInfluence,

    /// <summary>How often another message changes what the listener does.</summary>
    PositiveListening,
}

/// <summary>Names and units.</summary>
public static class Measures
{
    /// <summary>All, in the order they are told in.</summary>
    public static IReadOnlyList<Measure> All { get; } = Enum.GetValues<Measure>();

    /// <summary><c>speaker consistency</c>.</summary>
    public static string Name(this Measure measure) => measure switch
    {
        Measure.PositiveSignalling => "positive signalling",
        Measure.SpeakerConsistency => "speaker consistency",
        Measure.InstantaneousCoordination => "instantaneous coordination",
        Measure.ContextIndependence => "context independence",
        Measure.TopographicSimilarity => "topographic similarity",
        Measure.CausalInfluence => "causal influence",
        _ => "positive listening",
    };

    /// <summary><c>nats</c> for information; "" for figures between −1 and 1.</summary>
    public static string Unit(this Measure measure) =>
        measure is Measure.PositiveSignalling or Measure.SpeakerConsistency or Measure.InstantaneousCoordination or Measure.CausalInfluence ? "nats" : "";
}
