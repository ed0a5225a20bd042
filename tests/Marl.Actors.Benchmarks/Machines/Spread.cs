namespace Marl.Actors.Benchmarks.Machines;

/// <summary>Several measurements of one thing.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The greatest.</param>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    /// <summary>Of at least one.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    /// <summary>Median (least..greatest).</summary>
    public string Show(string format) => string.Format($"{{0:{format}}} ({{1:{format}}}..{{2:{format}}})", Median, Least, Most);
}
