using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marl.Actors.Learning.Losses;

/// <summary>
/// Exponential and logarithm of eight floats, from exactly rounded operations only: the same bits on every machine, unlike the
/// C library's.
/// </summary>
internal static class ExpLog
{
    private const float Greatest = 88;
    private const float Least = -87;

    /// <summary>
    /// eˣ, 0 below −87 and e⁸⁸ above 88. x = k ln 2 + r with |r| ≤ ln 2 / 2, and a Taylor polynomial of degree 7 in r (error below
    /// 2 units in the last place).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(x, Vector256.Create(Greatest));
        var k = Vector256.Round(x * 1.44269504f);
        var r = Fma(k, -1.42860677e-6f, Fma(k, -0.693145752f, x));
        var p = Fma(r, 1f / 5040, 1f / 720);
        p = Fma(p, r, 1f / 120);
        p = Fma(p, r, 1f / 24);
        p = Fma(p, r, 1f / 6);
        p = Fma(p, r, 0.5f);
        p = Fma(p, r, 1f);
        p = Fma(p, r, 1f);
        var power = ((k + Vector256.Create(12582912f + 127)).AsInt32() << 23).AsSingle(); // 2ᵏ: the biased exponent, in its place
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(Least)), Vector256<float>.Zero, p * power);
    }

    /// <summary>
    /// ln x for normal x &gt; 0. x = m · 2^e with m in [√½, √2), and ln m = 2 artanh s with s = (m − 1) / (m + 1), as a series to s⁹
    /// (error below 2 units in the last place, or 10⁻⁷ near 1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        var bits = x.AsInt32();
        var isUpper = Vector256.GreaterThan(Mantissa(bits), Vector256.Create(1.41421356f));
        var m = Vector256.ConditionalSelect(isUpper, Mantissa(bits) * 0.5f, Mantissa(bits));
        var e = Vector256.ConvertToSingle((bits >> 23) - Vector256.Create(127) - isUpper.AsInt32()); // true is −1
        var s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        var square = s * s;
        var p = Fma(square, 1f / 9, 1f / 7);
        p = Fma(p, square, 1f / 5);
        p = Fma(p, square, 1f / 3);
        p = Fma(p, square, 1f);
        var result = Vector256.FusedMultiplyAdd(e, Vector256.Create(0.693147181f), 2 * s * p);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), result, x); // not a number stays one
    }

    private static Vector256<float> Mantissa(Vector256<int> bits) =>
        ((bits & Vector256.Create(0x7FFFFF)) | Vector256.Create(127 << 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, float c) => Vector256.FusedMultiplyAdd(a, b, Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fma(Vector256<float> a, float b, float c) => Vector256.FusedMultiplyAdd(a, Vector256.Create(b), Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fma(Vector256<float> a, float b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, Vector256.Create(b), c);
}
