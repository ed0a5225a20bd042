using Marl.Actors.Core.Randomness;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// The noise that all share without sending it: the perturbation of a pair is what the key of (run, policy, generation, pair)
/// stands for. Members 2p and 2p + 1 are the pair p: one has θ + σ ε, the other, its mirror image, θ − σ ε (Geweke 1988; Brockhoff
/// et al., Mirrored sampling and sequential selection for evolution strategies, PPSN 2010).
/// </summary>
internal static class Perturbations
{
    /// <summary>
    /// ε of a pair: independent standard normals. Marsaglia and Bray's polar method, which needs a logarithm and a root only; both
    /// give the same bits on every machine.
    /// </summary>
    /// <param name="key">Of the run and the policy.</param>
    /// <param name="generation">From 0.</param>
    /// <param name="pair">From 0.</param>
    /// <param name="noise">To fill: [parameters].</param>
    public static void Fill(RandomKey key, long generation, int pair, Span<float> noise)
    {
        var random = key.Derive("noise").Derive((ulong)generation).Derive((ulong)pair).Stream();
        for (var i = 0; i < noise.Length; i += 2)
        {
            double u, v, square;
            do
            {
                u = (2 * random.NextDouble()) - 1;
                v = (2 * random.NextDouble()) - 1;
                square = (u * u) + (v * v);
            }
            while (square is >= 1 or 0);

            var factor = Math.Sqrt(-2 * Elementary.Log(square) / square);
            noise[i] = (float)(u * factor);
            if (i + 1 < noise.Length)
            {
                noise[i + 1] = (float)(v * factor);
            }
        }
    }

    /// <summary>θ ± σ ε, with the sign of the member's side.</summary>
    /// <param name="values">θ: [parameters].</param>
    /// <param name="noise">ε of the member's pair: [parameters].</param>
    /// <param name="member">Its number: even ones have +, odd ones −.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="perturbed">To fill: [parameters].</param>
    public static void Apply(ReadOnlySpan<float> values, ReadOnlySpan<float> noise, int member, float sigma, Span<float> perturbed)
    {
        var signed = member % 2 == 0 ? sigma : -sigma;
        for (var i = 0; i < values.Length; i++)
        {
            perturbed[i] = values[i] + (signed * noise[i]);
        }
    }

    /// <summary>
    /// The estimate of ∇ E[F(θ + σ ε)]: g = 1 / (n σ) Σ F_i ε_i over n members, which of mirrored pairs is
    /// 1 / (n σ) Σ (F_2p − F_2p+1) ε_p (Salimans et al. 2017, algorithm 2). Pairs are added one after another, in their order.
    /// </summary>
    /// <param name="key">Of the run and the policy.</param>
    /// <param name="generation">Whose members these are.</param>
    /// <param name="worth">F_2p − F_2p+1: [pairs].</param>
    /// <param name="sigma">σ.</param>
    /// <param name="noise">Scratch: [parameters].</param>
    /// <param name="gradient">To fill: [parameters].</param>
    public static void Gradient(RandomKey key, long generation, ReadOnlySpan<float> worth, float sigma, Span<float> noise, Span<float> gradient)
    {
        gradient.Clear();
        for (var pair = 0; pair < worth.Length; pair++)
        {
            if (worth[pair] == 0)
            {
                continue; // as good as its mirror image: nothing to add
            }

            Fill(key, generation, pair, noise);
            var weight = worth[pair] / (2 * worth.Length * sigma);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += weight * noise[i];
            }
        }
    }
}
