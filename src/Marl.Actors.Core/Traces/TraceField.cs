using System.Globalization;

namespace Marl.Actors.Core.Traces;

/// <summary>A field's figures. Whole numbers are held exactly: their sum stands in place of the mean.</summary>
/// <param name="Name">As the layout names it.</param>
/// <param name="Shape"><c>128×18</c></param>
/// <param name="IsWhole">Every number is a whole one: an action, a flag, a count.</param>
/// <param name="Centre">The mean; the sum for whole numbers.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public sealed record TraceField(string Name, string Shape, bool IsWhole, double Centre, double Min, double Max)
{
    private const float Largest = 1 << 24; // beyond it every float is a whole number

    /// <summary>The figures of some floats, at least one.</summary>
    public static TraceField Of(string name, string shape, ReadOnlySpan<float> values)
    {
        var (sum, min, max, isWhole) = (0.0, double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (var value in values)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            isWhole &= value == MathF.Truncate(value) && MathF.Abs(value) < Largest;
        }

        return isWhole
            ? new(name, shape, true, sum, min + 0.0, max + 0.0) // -0 is 0
            : new(name, shape, false, Rounded(sum / values.Length), Rounded(min), Rounded(max));
    }

    /// <summary>Equal, within a part of the greatest magnitude where the numbers are not whole ones.</summary>
    public bool IsLike(TraceField other, double tolerance)
    {
        if (Name != other.Name || Shape != other.Shape || IsWhole != other.IsWhole || IsWhole)
        {
            return this == other;
        }

        var scale = Math.Max(Math.Max(Math.Abs(Min), Math.Abs(Max)), Math.Max(Math.Abs(other.Min), Math.Abs(other.Max)));
        return IsNear(Centre, other.Centre) && IsNear(Min, other.Min) && IsNear(Max, other.Max);

        bool IsNear(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= tolerance * scale;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}[{Shape}] {(IsWhole ? "sum" : "mean")} {Centre} in {Min}..{Max}");

    /// <summary>To four significant digits, as the text holds it.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
