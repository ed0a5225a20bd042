namespace Marl.Actors.Benchmarks.Machines;

/// <summary>Quantiles of durations.</summary>
/// <param name="Median">In microseconds.</param>
/// <param name="P99">In microseconds.</param>
internal readonly record struct Times(double Median, double P99)
{
    /// <summary>Of samples in microseconds, which are sorted.</summary>
    public static Times Of(Span<double> microseconds)
    {
        microseconds.Sort();
        return new(microseconds[microseconds.Length / 2], microseconds[(int)(0.99 * (microseconds.Length - 1))]);
    }
}
