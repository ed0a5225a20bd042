namespace Marl.Actors.Policies.Acting;

/// <summary>
/// The distribution of tanh u, u ~ N(μ, σ²), one component; Haarnoja et al.: Soft actor-critic, ICML 2018, appendix C. Its density is
/// that of the normal action in −1..1 (see <see cref="Squash"/>). ln σ is cut to the bounds of the authors' program.
/// </summary>
public static class SquashedGaussian
{
    /// <summary>Least ln σ.</summary>
    public const double LeastLogDeviation = -20;

    /// <summary>Greatest ln σ.</summary>
    public const double GreatestLogDeviation = 2;

    private const double HalfLn2Pi = 0.9189385332046727;

    /// <summary>ln σ within its bounds.</summary>
    public static double LogDeviation(double output) => Math.Clamp(output, LeastLogDeviation, GreatestLogDeviation);

    /// <summary>ln σ is free: its gradient is not 0.</summary>
    public static bool IsFree(double output) => output is > LeastLogDeviation and < GreatestLogDeviation;

    /// <summary>σ.</summary>
    public static double Deviation(double output) => Elementary.Exp(LogDeviation(output));

    /// <summary>u = μ + σ ε.</summary>
    public static double Draw(double mean, double output, double noise) => mean + (Deviation(output) * noise);

    /// <summary>ln p(tanh u) = −ε²/2 − ln σ − ½ ln 2π − ln (1 − tanh² u).</summary>
    public static double LogDensity(double output, double noise, double draw) =>
        (-0.5 * noise * noise) - LogDeviation(output) - HalfLn2Pi - Squash.LogSlope(draw);
}
