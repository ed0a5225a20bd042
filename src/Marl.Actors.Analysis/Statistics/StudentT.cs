namespace Marl.Actors.Analysis.Statistics;

/// <summary>Student's t distribution. Equations: Abramowitz and Stegun, Handbook of Mathematical Functions, chapters 6 and 26.</summary>
public static class StudentT
{
    private const double Tiny = 1e-300;

    /// <summary>P(T ≤ t) with ν = <paramref name="degrees"/> &gt; 0 degrees of freedom: 1 − ½ I(ν / (ν + t²); ν/2, ½) for t ≥ 0 (26.7.1).</summary>
    public static double Distribution(double t, double degrees)
    {
        var tail = 0.5 * IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2, 0.5);
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="probability"/>, by halving intervals to the last bit.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="degrees">ν &gt; 0.</param>
    public static double Quantile(double probability, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        ArgumentOutOfRangeException.ThrowIfNotEqual(probability is > 0 and < 1, true, nameof(probability));
        if (probability < 0.5)
        {
            return -Quantile(1 - probability, degrees);
        }

        var (low, high) = (0.0, 1.0);
        while (Distribution(high, degrees) < probability && high < 1e300)
        {
            (low, high) = (high, high * 2);
        }

        for (var i = 0; i < 200; i++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = Distribution(middle, degrees) < probability ? (middle, high) : (low, middle);
        }

        return low + ((high - low) / 2);
    }

    /// <summary>The regularised incomplete beta function I(x; a, b), 26.5.8: a continued fraction, mirrored where it converges slowly.</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? front * BetaFraction(x, a, b) / a
            : 1 - (front * BetaFraction(1 - x, b, a) / b);
    }

    /// <summary>The fraction of 26.5.8, evaluated forwards (Lentz, Applied Optics 15, 1976).</summary>
    private static double BetaFraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= c * d;

            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>ln Γ(z) for z &gt; 0: Stirling's series (6.1.41), after moving z above 15 by the recurrence (6.1.15).</summary>
    internal static double LogGamma(double z)
    {
        var shift = 0.0;
        while (z < 15)
        {
            shift += Math.Log(z);
            z++;
        }

        var inverse = 1 / (z * z);
        var series = (1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse * ((1.0 / 1680) - (inverse / 1188)))))));
        return ((z - 0.5) * Math.Log(z)) - z + (0.5 * Math.Log(2 * Math.PI)) + (series / z) - shift;
    }
}
