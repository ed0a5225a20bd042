using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marl.Actors.Policies.Acting;

/// <summary>
/// Elementary functions from exactly rounded operations only. The C library's versions differ between systems in the last
/// bit; these don't.
/// </summary>
internal static class Elementary
{
    private const double TwoTo52 = 4503599627370496;

    /// <summary>
    /// tanh x as x · P(x²) / Q(x²), the rational approximation of Eigen (<c>MathFunctionsImpl.h</c>, ptanh_float) and of ONNX
    /// Runtime (<c>mlas/lib/tanh.cpp</c>); beyond ±9 it is ±1. Its error is at most 5.5 units in the last place (tests).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        x = TLanes.AtMost(TLanes.AtLeast(x, TLanes.Broadcast(-9f)), TLanes.Broadcast(9f));
        var square = TLanes.Multiply(x, x);
        var p = TLanes.FusedMultiplyAdd(square, TLanes.Broadcast(-2.76076847742355e-16f), TLanes.Broadcast(2.00018790482477e-13f));
        p = TLanes.FusedMultiplyAdd(square, p, TLanes.Broadcast(-8.60467152213735e-11f));
        p = TLanes.FusedMultiplyAdd(square, p, TLanes.Broadcast(5.12229709037114e-08f));
        p = TLanes.FusedMultiplyAdd(square, p, TLanes.Broadcast(1.48572235717979e-05f));
        p = TLanes.FusedMultiplyAdd(square, p, TLanes.Broadcast(6.37261928875436e-04f));
        p = TLanes.FusedMultiplyAdd(square, p, TLanes.Broadcast(4.89352455891786e-03f));
        var q = TLanes.FusedMultiplyAdd(square, TLanes.Broadcast(1.19825839466702e-06f), TLanes.Broadcast(1.18534705686654e-04f));
        q = TLanes.FusedMultiplyAdd(square, q, TLanes.Broadcast(2.26843463243900e-03f));
        q = TLanes.FusedMultiplyAdd(square, q, TLanes.Broadcast(4.89352518554385e-03f));
        return TLanes.Divide(TLanes.Multiply(x, p), q);
    }

    /// <summary>
    /// eˣ of every element, for x ≤ 0; 0 below −700. x = k ln 2 + r with |r| ≤ ln 2 / 2, and a Taylor polynomial of degree 12
    /// in r (error below 10⁻¹⁵ relative).
    /// </summary>
    /// <param name="values">Changed in place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExpOfNonPositive(Span<double> values)
    {
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            ExpOfNonPositive(Vector256.Create<double>(values[i..])).CopyTo(values[i..]);
        }

        if (i < values.Length)
        {
            Span<double> rest = stackalloc double[4];
            values[i..].CopyTo(rest);
            ExpOfNonPositive(Vector256.Create<double>(rest)).CopyTo(rest);
            rest[..(values.Length - i)].CopyTo(values[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ExpOfNonPositive(Vector256<double> x)
    {
        var k = Vector256.Round(x * 1.4426950408889634);
        var r = Fma(k, Vector256.Create(-1.9082149292705877e-10), Fma(k, Vector256.Create(-0.6931471803691238), x));
        var p = Fma(Vector256.Create(1.0 / 479001600), r, Vector256.Create(1.0 / 39916800));
        p = Fma(p, r, Vector256.Create(1.0 / 3628800));
        p = Fma(p, r, Vector256.Create(1.0 / 362880));
        p = Fma(p, r, Vector256.Create(1.0 / 40320));
        p = Fma(p, r, Vector256.Create(1.0 / 5040));
        p = Fma(p, r, Vector256.Create(1.0 / 720));
        p = Fma(p, r, Vector256.Create(1.0 / 120));
        p = Fma(p, r, Vector256.Create(1.0 / 24));
        p = Fma(p, r, Vector256.Create(1.0 / 6));
        p = Fma(p, r, Vector256.Create(0.5));
        p = Fma(p, r, Vector256<double>.One);
        p = Fma(p, r, Vector256<double>.One);
        var power = ((k + Vector256.Create(TwoTo52 + 1023)).AsInt64() << 52).AsDouble(); // 2ᵏ: the biased exponent, in its place
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-700.0)), Vector256<double>.Zero, p * power);
    }

    /// <summary>eˣ, in the same way, for |x| ≤ 700.</summary>
    public static double Exp(double x)
    {
        var power = ExpOfNonPositive(Vector256.Create(-Math.Abs(x)))[0];
        return x > 0 ? 1 / power : power;
    }

    /// <summary>
    /// ln x for normal x &gt; 0. x = m · 2^e with m in [√½, √2), and ln m = 2 artanh s with s = (m − 1) / (m + 1), as a series to
    /// s¹⁹ (error below 10⁻¹⁵).
    /// </summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var e = (bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            e++;
        }

        var s = (m - 1) / (m + 1);
        var square = s * s;
        var p = Math.FusedMultiplyAdd(1.0 / 19, square, 1.0 / 17);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 15);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 13);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 11);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 9);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 7);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 5);
        p = Math.FusedMultiplyAdd(p, square, 1.0 / 3);
        p = Math.FusedMultiplyAdd(p, square, 1);
        return Math.FusedMultiplyAdd(e, 0.6931471805599453, 2 * s * p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);
}
