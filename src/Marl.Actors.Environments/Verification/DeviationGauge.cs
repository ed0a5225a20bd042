using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>Keeps the greatest absolute difference of every field.</summary>
internal sealed class DeviationGauge(params string[] fields)
{
    private readonly Dictionary<string, FieldDeviation> greatest = fields.ToDictionary(f => f, f => new FieldDeviation(f, 0, 0, ""));

    /// <summary>The deviations, in the order of the fields.</summary>
    public Values<FieldDeviation> Deviations => fields.Select(f => greatest[f]).ToValues();

    /// <summary>Compares one number.</summary>
    public void Compare(string field, double recorded, double ours, Func<string> where)
    {
        var difference = double.IsFinite(recorded) && double.IsFinite(ours) ? Math.Abs(recorded - ours) : double.PositiveInfinity;
        var worst = greatest[field];
        greatest[field] = difference > worst.Greatest
            ? new(field, difference, worst.Compared + 1, where())
            : worst with { Compared = worst.Compared + 1 };
    }
}
