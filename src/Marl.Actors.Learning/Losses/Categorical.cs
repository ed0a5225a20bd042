namespace Marl.Actors.Learning.Losses;

/// <summary>The categorical distribution of one row of logits, some of whose actions may be forbidden.</summary>
public static class Categorical
{
    /// <summary>
    /// log p_j = z_j − max z − log Σ_k exp(z_k − max z) over the allowed actions; forbidden ones have −∞ and probability 0
    /// (Huang, Ontañón: A closer look at invalid action masking in policy gradient algorithms, FLAIRS 2022).
    /// </summary>
    /// <param name="logits">z: [actions].</param>
    /// <param name="mask">[actions], 1 where allowed; empty when all are. At least one must be.</param>
    /// <param name="logProbabilities">To fill: [actions].</param>
    public static void LogProbabilities(ReadOnlySpan<float> logits, ReadOnlySpan<float> mask, Span<float> logProbabilities)
    {
        var greatest = float.NegativeInfinity;
        for (var j = 0; j < logits.Length; j++)
        {
            logProbabilities[j] = mask.IsEmpty || mask[j] > 0 ? logits[j] : float.NegativeInfinity;
            greatest = MathF.Max(greatest, logProbabilities[j]);
        }

        var sum = 0f;
        for (var j = 0; j < logits.Length; j++)
        {
            sum += MathF.Exp(logProbabilities[j] - greatest);
        }

        var normaliser = greatest + MathF.Log(sum);
        for (var j = 0; j < logits.Length; j++)
        {
            logProbabilities[j] -= normaliser;
        }
    }

    /// <summary>H = −Σ_j p_j log p_j, in nats, with 0 log 0 = 0.</summary>
    /// <param name="probabilities">p: [actions].</param>
    /// <param name="logProbabilities">log p: [actions].</param>
    public static float Entropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> logProbabilities)
    {
        var sum = 0f;
        for (var j = 0; j < probabilities.Length; j++)
        {
            sum += probabilities[j] > 0 ? probabilities[j] * logProbabilities[j] : 0;
        }

        return -sum;
    }
}
