using System.Runtime.Intrinsics;

namespace Marl.Actors.Learning.Optimisers;

/// <summary>The Euclidean norm of a gradient, and the factor that keeps it below a bound.</summary>
public static class GradientNorm
{
    private const int Lanes = 8;

    /// <summary>‖g‖₂, summed in double precision in eight interleaved chains, the same on every machine.</summary>
    public static double Of(ReadOnlySpan<float> gradient)
    {
        var (lower, upper) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + Lanes <= gradient.Length; i += Lanes)
        {
            var (g, h) = Vector256.Widen(Vector256.Create(gradient.Slice(i, Lanes)));
            lower += g * g;
            upper += h * h;
        }

        Span<double> sums = stackalloc double[Lanes];
        lower.CopyTo(sums);
        upper.CopyTo(sums[(Lanes / 2)..]);
        for (var lane = 0; i < gradient.Length; i++, lane++)
        {
            double g = gradient[i];
            sums[lane] += g * g;
        }

        return Math.Sqrt(((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])));
    }

    /// <summary>
    /// min(1, c / (‖g‖ + 10⁻⁶)): Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, ICML 2013,
    /// algorithm 1, with the constant of Torch's <c>clip_grad_norm_</c>.
    /// </summary>
    /// <param name="norm">‖g‖₂.</param>
    /// <param name="maximum">c; 0 for no bound.</param>
    public static float ClipFactor(double norm, double maximum) =>
        maximum > 0 ? (float)Math.Min(1, maximum / (norm + 1e-6)) : 1;
}
