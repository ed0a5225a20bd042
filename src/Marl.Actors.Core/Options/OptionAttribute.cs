namespace Marl.Actors.Core.Options;

/// <summary>Says what an option does, and between which bounds (both included). Stands on the parameters of an options record.</summary>
/// <param name="help">One sentence: what it is and what it does to learning; with symbol, unit and source where it has them.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionAttribute(string help) : Attribute
{
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
