namespace Marl.Actors.Learning.Losses;

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

/// <summary>Sums over rows, for metrics. Divide by <see cref="Rows"/>.</summary>
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
