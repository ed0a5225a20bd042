namespace Marl.Actors.Pipelines.Graphs;

/// <summary>A non-negative rational number in lowest terms: tokens per vector step.</summary>
public readonly record struct Fraction
{
    /// <summary>Reduces numerator over denominator.</summary>
    public Fraction(long numerator, long denominator = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var divisor = Gcd(numerator, denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    /// <summary>Above the line.</summary>
    public long Numerator { get; }

    /// <summary>Below the line, at least 1.</summary>
    public long Denominator { get; }

    /// <summary>As a floating-point number.</summary>
    public double ToDouble() => (double)Numerator / Denominator;

    /// <summary>Product.</summary>
    /// <exception cref="OverflowException">The result does not fit.</exception>
    public static Fraction operator *(Fraction a, Fraction b)
    {
        var (left, right) = (new Fraction(a.Numerator, b.Denominator), new Fraction(b.Numerator, a.Denominator));
        return checked(new(left.Numerator * right.Numerator, left.Denominator * right.Denominator));
    }

    /// <summary>Quotient.</summary>
    /// <exception cref="OverflowException">The result does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="b"/> is 0.</exception>
    public static Fraction operator /(Fraction a, Fraction b) => a * new Fraction(b.Denominator, b.Numerator);

    /// <summary>Least common multiple of two whole numbers.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static long Lcm(long a, long b) => checked(a / Gcd(a, b) * b);

    /// <summary><c>3</c> or <c>1/25</c>.</summary>
    public override string ToString() => Denominator == 1 ? $"{Numerator}" : $"{Numerator}/{Denominator}";

    private static long Gcd(long a, long b) => b == 0 ? Math.Max(a, 1) : Gcd(b, a % b);
}
