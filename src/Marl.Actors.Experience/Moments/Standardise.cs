namespace Marl.Actors.Experience.Moments;

/// <summary>Standardising a batch by its own moments.</summary>
public static class Standardise
{
    /// <summary>
    /// x ← (x − μ) / (σ + ε) with the batch's own mean and (population) standard deviation: PPO's advantage normalisation.
    /// Andrychowicz et al.: What matters in on-policy reinforcement learning, ICLR 2021; ε as in OpenAI baselines.
    /// </summary>
    /// <param name="values">At least one number; changed in place.</param>
    /// <param name="epsilon">ε.</param>
    public static void InPlace(Span<float> values, double epsilon = 1e-8)
    {
        var (mean, variance) = BatchMoments.Of(values);
        var scale = 1 / (Math.Sqrt(variance) + epsilon);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] - mean) * scale);
        }
    }
}
