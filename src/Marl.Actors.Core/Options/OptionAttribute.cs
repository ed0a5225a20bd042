namespace Marl.Actors.Core.Options;

/// <summary>
/// Says what an option does, and between which bounds (both included). Stands on the parameters of an options record. An option that
/// several records have derives from it, so that its sentence and its bounds are written once; each record gives its own default.
/// </summary>
/// <param name="help">One sentence: what it is and what it does to learning; with symbol, unit and source where it has them.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class OptionAttribute(string help) : Attribute
{
    /// <summary>An option with bounds that several records have.</summary>
    /// <param name="help">One sentence.</param>
    /// <param name="minimum">Least value.</param>
    /// <param name="maximum">Greatest value.</param>
    protected OptionAttribute(string help, double minimum, double maximum)
        : this(help) => (Minimum, Maximum) = (minimum, maximum);

    /// <summary>The sentence.</summary>
    public string Help { get; } = help;

    /// <summary>Least value; for a list, of each element.</summary>
    public double Minimum { get; set; } = double.NegativeInfinity;

    /// <summary>Greatest value; for a list, of each element.</summary>
    public double Maximum { get; set; } = double.PositiveInfinity;

    /// <summary>The default of a list, whose elements C# can't write as a constant: <c>"64, 64"</c>.</summary>
    public string? Default { get; set; }

    /// <summary>The option has no default and must be given.</summary>
    public bool Required { get; set; }
}
