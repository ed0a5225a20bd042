namespace Marl.Actors.Analysis.Statistics;

/// <summary>The usual figures of a sample. What a sample is too small for is not a number.</summary>
/// <param name="Count">Values in it.</param>
/// <param name="Mean">Arithmetic mean; NaN when empty.</param>
/// <param name="StandardDeviation">With n − 1 in the denominator; NaN below two values.</param>
/// <param name="Median">The middle value, or the mean of the two middle ones; NaN when empty.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean; NaN below two values.</param>
/// <param name="High">Upper end of the 95 % interval of the mean; NaN below two values.</param>
public readonly record struct Sample(int Count, double Mean, double StandardDeviation, double Median, double Low, double High)
{
    /// <summary>
    /// The figures of the given values. Interval: mean ± t(0.975, n − 1) · s / √n (Student, The probable error of a mean,
    /// Biometrika 1908).
    /// </summary>
    public static Sample Of(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        var count = sorted.Length;
        var mean = count == 0 ? double.NaN : MeanOf(sorted);
        if (count < 2)
        {
            return new(count, mean, double.NaN, mean, double.NaN, double.NaN);
        }

        var squares = 0.0;
        foreach (var value in sorted)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt(squares / (count - 1));
        var half = StudentT.Quantile(0.975, count - 1) * deviation / Math.Sqrt(count);
        Array.Sort(sorted);
        var median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        return new(count, mean, deviation, median, mean - half, mean + half);
    }

    private static double MeanOf(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
