namespace Marl.Actors.Analysis.Communication;

/// <summary>A figure about a language, and whether chance would have given as much.</summary>
/// <param name="Value">As the definition says, from the observations as they are.</param>
/// <param name="Corrected">With the bias of few observations taken off.</param>
/// <param name="Chance">What it comes to on average when messages are dealt out to other episodes.</param>
/// <param name="PValue">Share of such dealings that come to as much or more, the observed one among them.</param>
/// <param name="Count">Observations.</param>
public readonly record struct Estimate(double Value, double Corrected, double Chance, double PValue, int Count)
{
    /// <summary>What can't be said: no observations, or a variable that does not vary where the definition wants it to.</summary>
    public static Estimate None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, 0);

    /// <summary>There is a figure.</summary>
    public bool IsKnown => !double.IsNaN(Value);
}
