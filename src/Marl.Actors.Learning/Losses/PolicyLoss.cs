namespace Marl.Actors.Learning.Losses;

/// <summary>
/// The policy's part of the PPO loss, L = mean(−min(r A, clip(r, 1 − ε, 1 + ε) A)) − c · mean(H), and its gradient at the
/// logits in closed form. Schulman et al.: Proximal policy optimization algorithms, arXiv:1707.06347, equations 7 and 9.
/// </summary>
/// <param name="Clip">ε.</param>
/// <param name="EntropyWeight">c.</param>
public readonly record struct PolicyLoss(float Clip, float EntropyWeight)
{
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
        Span<float> logProbabilities = stackalloc float[actions];
        Span<float> probabilities = stackalloc float[actions];
        for (var row = 0; row < rows; row++)
        {
            var mask = samples.Masks.IsEmpty ? [] : samples.Masks.Slice(row * actions, actions);
            Categorical.LogProbabilities(logits.Slice(row * actions, actions), mask, logProbabilities);
            for (var j = 0; j < actions; j++)
            {
                probabilities[j] = MathF.Exp(logProbabilities[j]);
            }

            var action = (int)samples.Actions[row];
            var (objective, slope) = Surrogate(logProbabilities[action] - samples.LogProbabilities[row], samples.Advantages[row], Clip, ref sums);
            var entropy = Categorical.Entropy(probabilities, logProbabilities);
            sums.Objective += objective;
            sums.Entropy += entropy;
            Gradient(probabilities, logProbabilities, action, weight * slope, weight * EntropyWeight, entropy, gradients.Slice(row * actions, actions));
        }

        sums.Rows += rows;
    }

    /// <summary>
    /// min(r A, clip(r, 1 − ε, 1 + ε) A) with r = exp(log π − log π_old), and its derivative by log π: r A where the first is the
    /// lesser, else 0. Also counts how far the policies are apart: k₁ = −log r and k₃ = r − 1 − log r (Schulman: Approximating KL
    /// divergence, 2020), and how often r is outside.
    /// </summary>
    private static (float Objective, float Slope) Surrogate(float logRatio, float advantage, float clip, ref PolicySums sums)
    {
        var ratio = MathF.Exp(logRatio);
        var clipped = Math.Clamp(ratio, 1 - clip, 1 + clip);
        sums.KlFirst -= logRatio;
        sums.Kl += ratio - 1 - logRatio;
        sums.Clipped += MathF.Abs(ratio - 1) > clip ? 1 : 0;
        return ratio * advantage <= clipped * advantage ? (ratio * advantage, ratio * advantage) : (clipped * advantage, 0);
    }

    /// <summary>
    /// ∂L/∂z_j = −slope · (1[j = a] − p_j) + c · p_j (log p_j + H), since ∂ log p_a/∂z_j = 1[j = a] − p_j and
    /// ∂H/∂z_j = −p_j (log p_j + H). Both weights carry 1/rows.
    /// </summary>
    private static void Gradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> logProbabilities, int action, float slope, float entropyWeight, float entropy, Span<float> gradient)
    {
        for (var j = 0; j < gradient.Length; j++)
        {
            var p = probabilities[j];
            gradient[j] = p > 0 ? p * (slope + (entropyWeight * (logProbabilities[j] + entropy))) : 0;
        }

        gradient[action] -= slope;
    }
}

/// <summary>What one policy did in a block of rows, and how good that was.</summary>
/// <param name="actions">a: [rows].</param>
/// <param name="logProbabilities">log π_old(a): [rows], under the policy that acted.</param>
/// <param name="advantages">A: [rows].</param>
/// <param name="masks">[rows, actions], 1 where allowed; empty when all are.</param>
public readonly ref struct PolicySamples(
    ReadOnlySpan<float> actions, ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> advantages, ReadOnlySpan<float> masks)
{
    /// <summary>a: [rows].</summary>
    public ReadOnlySpan<float> Actions { get; } = actions;

    /// <summary>log π_old(a): [rows].</summary>
    public ReadOnlySpan<float> LogProbabilities { get; } = logProbabilities;

    /// <summary>A: [rows].</summary>
    public ReadOnlySpan<float> Advantages { get; } = advantages;

    /// <summary>[rows, actions], or empty.</summary>
    public ReadOnlySpan<float> Masks { get; } = masks;
}

/// <summary>Sums over rows, for metrics and for noticing divergence. Divide by <see cref="Rows"/>.</summary>
public struct PolicySums
{
    /// <summary>Rows added.</summary>
    public long Rows;

    /// <summary>min(r A, clip(r) A).</summary>
    public double Objective;

    /// <summary>H.</summary>
    public double Entropy;

    /// <summary>k₁ = −log r: unbiased estimate of the divergence, of high variance.</summary>
    public double KlFirst;

    /// <summary>k₃ = r − 1 − log r: unbiased as well, never negative.</summary>
    public double Kl;

    /// <summary>Rows with |r − 1| &gt; ε.</summary>
    public double Clipped;
}
