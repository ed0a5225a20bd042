namespace Marl.Actors.Experience.Moments;

/// <summary>Mean and variance of one batch of numbers.</summary>
/// <param name="Mean">μ = Σ x / n.</param>
/// <param name="Variance">σ² = Σ (x − μ)² / n.</param>
public readonly record struct BatchMoments(double Mean, double Variance)
{
    /// <summary>In two passes, summed in double in order.</summary>
    /// <param name="values">At least one number.</param>
    public static BatchMoments Of(ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new(mean, squares / values.Length);
    }
}
