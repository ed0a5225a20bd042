using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>Keeps the greatest absolute difference of every field.</summary>
internal sealed class DeviationGauge
{
    private static readonly string[] Fields = ["observations", "rewards", "positions", "velocities", "communication", "terminated", "truncated"];

    private readonly Dictionary<string, FieldDeviation> greatest = Fields.ToDictionary(f => f, f => new FieldDeviation(f, 0, 0, ""));

    /// <summary>The deviations, in a fixed order.</summary>
    public Values<FieldDeviation> Deviations => Fields.Select(f => greatest[f]).ToValues();

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
