namespace Marl.Actors.Benchmarks.Table;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">What came out, with its spread.</param>
/// <param name="Bar">What was asked for; "" where nothing is.</param>
/// <param name="Ratio">The figure over the bar's number; null without one.</param>
/// <param name="IsMet">Null where there is no bar, or where the row failed.</param>
/// <param name="Note">Floors, shares and conditions.</param>
internal sealed record Row(string What, string Figure, string Bar = "", double? Ratio = null, bool? IsMet = null, string Note = "")
{
    /// <summary>A figure that must not be less than a bar.</summary>
    public static Row AtLeast(string what, double figure, double bar, string shown, string unit, string note = "") =>
        new(what, shown, $"at least {bar:#,0.##}{unit}", figure / bar, figure >= bar, note);

    /// <summary>A figure that must not be greater than a bar.</summary>
    public static Row AtMost(string what, double figure, double bar, string shown, string unit, string note = "") =>
        new(what, shown, $"at most {bar:#,0.##}{unit}", figure / bar, figure <= bar, note);

    /// <summary>A line without a bar.</summary>
    public static Row Plain(string what, string figure, string note = "") => new(what, figure, Note: note);

    /// <summary>What could not be measured, and why.</summary>
    public static Row Failed(string what, string reason) => new(what, "failed", Note: reason.ReplaceLineEndings(" "));

    /// <summary>As a line of Markdown.</summary>
    public string Markdown()
    {
        string[] cells = [What, Figure, Bar, Ratio is { } ratio ? $"{ratio:0.00}" : "", IsMet switch { true => "yes", false => "**no**", null => "" }, Note];
        return $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|")))} |";
    }
}
