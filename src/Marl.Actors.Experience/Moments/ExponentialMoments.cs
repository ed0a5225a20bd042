using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Moments;

/// <summary>
/// Mean and variance of a drifting quantity, the newest batch weighing β: what a critic's targets are normalised with. After
/// van Hasselt et al.: Learning values across many orders of magnitude, NeurIPS 2016, section 2 (the statistics, without the
/// rescaling of weights); Yu et al.: The Surprising Effectiveness of PPO in Cooperative Multi-Agent Games, 2022, section 5.1.
/// </summary>
/// <param name="rate">β in (0, 1].</param>
public sealed class ExponentialMoments(double rate = 0.02)
{
    private const double LeastVariance = 1e-6; // added to a batch's, so that constant targets don't divide by 0

    private bool hasStarted;

    /// <summary>μ; 0 before the first batch.</summary>
    public double Mean { get; private set; }

    /// <summary>σ²; 1 before the first batch.</summary>
    public double Variance { get; private set; } = 1;

    /// <summary>
    /// Takes a batch of mean m and variance v in. The first becomes the state; then the mixture (1 − β) old + β new:
    /// μ′ = μ + β (m − μ), σ²′ = (1 − β)(σ² + (μ − μ′)²) + β (v + (m − μ′)²).
    /// </summary>
    /// <param name="batch">At least one number.</param>
    public void Update(ReadOnlySpan<float> batch)
    {
        var (m, variance) = BatchMoments.Of(batch);
        var v = variance + LeastVariance;
        if (!hasStarted)
        {
            (hasStarted, Mean, Variance) = (true, m, v);
            return;
        }

        var mean = Mean + (rate * (m - Mean));
        Variance = ((1 - rate) * (Variance + Square(Mean - mean))) + (rate * (v + Square(m - mean)));
        Mean = mean;
    }

    /// <summary>(x − μ) / σ.</summary>
    /// <param name="values">Any number.</param>
    /// <param name="normalised">To fill, as many; may be <paramref name="values"/>.</param>
    public void Normalise(ReadOnlySpan<float> values, Span<float> normalised)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(normalised.Length, values.Length);
        var scale = 1 / Math.Sqrt(Variance);
        for (var i = 0; i < values.Length; i++)
        {
            normalised[i] = (float)((values[i] - Mean) * scale);
        }
    }

    /// <summary>x σ + μ.</summary>
    /// <param name="normalised">Any number.</param>
    /// <param name="values">To fill, as many; may be <paramref name="normalised"/>.</param>
    public void Denormalise(ReadOnlySpan<float> normalised, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, normalised.Length);
        var scale = Math.Sqrt(Variance);
        for (var i = 0; i < normalised.Length; i++)
        {
            values[i] = (float)((normalised[i] * scale) + Mean);
        }
    }

    /// <summary>Writes the state.</summary>
    public void Save(StageSnapshot snapshot, string name) => snapshot.Put<double>(name, [hasStarted ? 1 : 0, Mean, Variance]);

    /// <summary>Takes a saved state over.</summary>
    public void Load(StageSnapshot snapshot, string name)
    {
        Span<double> state = stackalloc double[3];
        snapshot.GetInto(name, state);
        (hasStarted, Mean, Variance) = (state[0] != 0, state[1], state[2]);
    }

    private static double Square(double x) => x * x;
}
