using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Marl.Actors.Learning.Losses;

/// <summary>
/// The policy's part of the PPO loss, L = mean(−min(r A, clip(r, 1 − ε, 1 + ε) A)) − c · mean(H), and its gradient at the
/// logits in closed form. Schulman et al.: Proximal policy optimization algorithms, arXiv:1707.06347, equations 7 and 9. Eight
/// rows are computed at once, one in each lane.
/// </summary>
/// <param name="Clip">ε.</param>
/// <param name="EntropyWeight">c.</param>
public readonly record struct PolicyLoss(float Clip, float EntropyWeight)
{
    /// <summary>Rows computed at once.</summary>
    private const int Lanes = 8;

    /// <summary>Stands for −∞ without making a product with 0 undefined.</summary>
    private const float Forbidden = -1e30f;

    /// <summary>Adds a block's terms to the sums and writes its gradient.</summary>
    /// <param name="logits">z: [rows, actions].</param>
    /// <param name="samples">What was done: [rows] each.</param>
    /// <param name="weight">1 / rows of the minibatch the block is part of.</param>
    /// <param name="gradients">To fill: ∂L/∂z, [rows, actions].</param>
    /// <param name="sums">Where the terms are added.</param>
    public void Add(ReadOnlySpan<float> logits, PolicySamples samples, float weight, Span<float> gradients, ref PolicySums sums)
    {
        var rows = samples.Actions.Length;
        var actions = logits.Length / rows;
        Span<Vector256<float>> z = stackalloc Vector256<float>[actions];
        Span<Vector256<float>> probabilities = stackalloc Vector256<float>[actions];
        for (var row = 0; row < rows; row += Lanes)
        {
            var count = Math.Min(Lanes, rows - row);
            var inUse = Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)count));
            var at = row * actions;
            Spread(logits.Slice(at, count * actions), samples.Masks.IsEmpty ? [] : samples.Masks.Slice(at, count * actions), z);
            var action = Lane(samples.Actions.Slice(row, count));
            var entropy = Distribution(z, probabilities);
            var logRatio = Vector256.ConditionalSelect(inUse, Chosen(z, action) - Lane(samples.LogProbabilities.Slice(row, count)), Vector256<float>.Zero);
            var slope = Surrogate(logRatio, Lane(samples.Advantages.Slice(row, count)), inUse, ref sums);
            sums.Entropy += Vector256.Sum(Vector256.ConditionalSelect(inUse, entropy, Vector256<float>.Zero));
            Gradient(z, probabilities, action, weight * slope, weight * EntropyWeight, entropy);
            Collect(z, gradients.Slice(at, count * actions));
        }

        sums.Rows += rows;
    }

    /// <summary>log π(a) of what was done, as the loss computes it.</summary>
    /// <param name="logits">z: [rows, actions].</param>
    /// <param name="done">a: [rows].</param>
    /// <param name="masks">[rows, actions], 1 where allowed; empty when all are.</param>
    /// <param name="logProbabilities">To fill: [rows].</param>
    public static void LogProbabilities(ReadOnlySpan<float> logits, ReadOnlySpan<float> done, ReadOnlySpan<float> masks, Span<float> logProbabilities)
    {
        var actions = logits.Length / done.Length;
        Span<Vector256<float>> z = stackalloc Vector256<float>[actions];
        Span<Vector256<float>> probabilities = stackalloc Vector256<float>[actions];
        for (var row = 0; row < done.Length; row += Lanes)
        {
            var count = Math.Min(Lanes, done.Length - row);
            Spread(logits.Slice(row * actions, count * actions), masks.IsEmpty ? [] : masks.Slice(row * actions, count * actions), z);
            Distribution(z, probabilities);
            var chosen = Chosen(z, Lane(done.Slice(row, count)));
            for (var i = 0; i < count; i++)
            {
                logProbabilities[row + i] = chosen[i];
            }
        }
    }

    /// <summary>
    /// log p_j = z_j − max z − log Σ_k exp(z_k − max z) over the allowed actions, in place of z; the probabilities; and the
    /// entropy H = −Σ_j p_j log p_j in nats. Forbidden actions have probability 0 (Huang, Ontañón: A closer look at invalid action
    /// masking in policy gradient algorithms, FLAIRS 2022).
    /// </summary>
    private static Vector256<float> Distribution(Span<Vector256<float>> z, Span<Vector256<float>> probabilities)
    {
        var greatest = z[0];
        for (var j = 1; j < z.Length; j++)
        {
            greatest = Vector256.Max(greatest, z[j]);
        }

        var sum = Vector256<float>.Zero;
        for (var j = 0; j < z.Length; j++)
        {
            z[j] -= greatest;
            probabilities[j] = ExpLog.Exp(z[j]);
            sum += probabilities[j];
        }

        var normaliser = ExpLog.Log(sum);
        var entropy = Vector256<float>.Zero;
        for (var j = 0; j < z.Length; j++)
        {
            z[j] -= normaliser;
            probabilities[j] /= sum;
            entropy -= probabilities[j] * z[j];
        }

        return entropy;
    }

    /// <summary>
    /// min(r A, clip(r, 1 − ε, 1 + ε) A) with r = exp(log π − log π_old); returns its derivative by log π: r A where the first is
    /// the lesser, else 0. Also adds how far the policies are apart: k₁ = −log r and k₃ = r − 1 − log r (Schulman: Approximating KL
    /// divergence, 2020), and how often r is outside. Lanes not in use have r = 1.
    /// </summary>
    private Vector256<float> Surrogate(Vector256<float> logRatio, Vector256<float> advantage, Vector256<float> inUse, ref PolicySums sums)
    {
        var one = Vector256<float>.One;
        var ratio = ExpLog.Exp(logRatio);
        var free = ratio * advantage;
        var held = Vector256.Min(Vector256.Max(ratio, Vector256.Create(1 - Clip)), Vector256.Create(1 + Clip)) * advantage;
        var outside = Vector256.GreaterThan(Vector256.Abs(ratio - one), Vector256.Create(Clip));
        sums.Objective += Vector256.Sum(Vector256.ConditionalSelect(inUse, Vector256.Min(free, held), Vector256<float>.Zero));
        sums.KlFirst -= Vector256.Sum(logRatio);
        sums.Kl += Vector256.Sum(ratio - one - logRatio);
        sums.Clipped += Vector256.Sum(Vector256.ConditionalSelect(outside, one, Vector256<float>.Zero));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(free, held), Vector256<float>.Zero, free);
    }

    /// <summary>
    /// ∂L/∂z_j = −slope · (1[j = a] − p_j) + c · p_j (log p_j + H), in place of log p, since ∂ log p_a/∂z_j = 1[j = a] − p_j and
    /// ∂H/∂z_j = −p_j (log p_j + H). Both weights carry 1/rows.
    /// </summary>
    private static void Gradient(
        Span<Vector256<float>> z, ReadOnlySpan<Vector256<float>> probabilities, Vector256<float> action, Vector256<float> slope, float entropyWeight, Vector256<float> entropy)
    {
        for (var j = 0; j < z.Length; j++)
        {
            var isChosen = Vector256.Equals(action, Vector256.Create((float)j));
            z[j] = (probabilities[j] * (slope + (entropyWeight * (z[j] + entropy)))) - Vector256.ConditionalSelect(isChosen, slope, Vector256<float>.Zero);
        }
    }

    /// <summary>The lane's chosen entry: z_a.</summary>
    private static Vector256<float> Chosen(ReadOnlySpan<Vector256<float>> z, Vector256<float> action)
    {
        var chosen = Vector256<float>.Zero;
        for (var j = 0; j < z.Length; j++)
        {
            chosen = Vector256.ConditionalSelect(Vector256.Equals(action, Vector256.Create((float)j)), z[j], chosen);
        }

        return chosen;
    }

    /// <summary>Up to eight numbers, one a lane; 0 in the rest.</summary>
    private static Vector256<float> Lane(ReadOnlySpan<float> values)
    {
        if (values.Length == Lanes)
        {
            return Vector256.Create(values);
        }

        Span<float> padded = stackalloc float[Lanes];
        padded.Clear();
        values.CopyTo(padded);
        return Vector256.Create<float>(padded);
    }

    /// <summary>Up to eight rows [rows, actions] to one vector an action, with <see cref="Forbidden"/> where the mask forbids.</summary>
    private static void Spread(ReadOnlySpan<float> rows, ReadOnlySpan<float> masks, Span<Vector256<float>> columns)
    {
        var entries = MemoryMarshal.Cast<Vector256<float>, float>(columns);
        entries.Clear();
        for (int from = 0, row = 0; from < rows.Length; from += columns.Length, row++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                entries[(j * Lanes) + row] = masks.IsEmpty || masks[from + j] > 0 ? rows[from + j] : Forbidden;
            }
        }
    }

    /// <summary>The reverse of <see cref="Spread"/>.</summary>
    private static void Collect(ReadOnlySpan<Vector256<float>> columns, Span<float> rows)
    {
        var entries = MemoryMarshal.Cast<Vector256<float>, float>(columns);
        for (int from = 0, row = 0; from < rows.Length; from += columns.Length, row++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                rows[from + j] = entries[(j * Lanes) + row];
            }
        }
    }
}
