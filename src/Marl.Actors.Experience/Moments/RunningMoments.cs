using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Moments;

/// <summary>
/// Mean and variance of each column of everything seen so far, updated batch by batch. Chan, Golub, LeVeque: Updating formulae
/// and a pairwise algorithm for computing sample variances, Stanford STAN-CS-79-773, 1979. Starts as
/// <paramref name="epsilon"/> observations of mean 0 and variance 1, as OpenAI baselines do.
/// </summary>
/// <param name="width">Columns.</param>
/// <param name="epsilon">Weight of the start, in observations.</param>
/// <param name="sampleVariance">
/// Divide a batch's squares by n − 1 (EPyMARL's <c>torch.var</c>) instead of n (baselines, and what the formulae ask for).
/// </param>
public sealed class RunningMoments(int width, double epsilon = 1e-4, bool sampleVariance = false)
{
    private readonly double[] mean = new double[width];
    private readonly double[] variance = [.. Enumerable.Repeat(1.0, width)];
    private readonly double[] batchMean = new double[width];
    private readonly double[] batchSquares = new double[width];

    /// <summary>Observations so far, the start included.</summary>
    public double Count { get; private set; } = epsilon;

    /// <summary>[width].</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>[width].</summary>
    public ReadOnlySpan<double> Variance => variance;

    /// <summary>
    /// Takes a batch in. With n_a, μ_a, σ²_a so far, n_b, μ_b, σ²_b of the batch, n = n_a + n_b and δ = μ_b − μ_a:
    /// μ = μ_a + δ n_b / n, σ² = (n_a σ²_a + n_b σ²_b + δ² n_a n_b / n) / n.
    /// </summary>
    /// <param name="batch">[rows, width]; at least one row, two for sample variances.</param>
    public void Update(ReadOnlySpan<float> batch)
    {
        var rows = MeasureBatch(batch);
        var total = Count + rows;
        var divisor = sampleVariance ? rows - 1 : rows;
        for (var i = 0; i < width; i++)
        {
            var delta = batchMean[i] - mean[i];
            var squares = (variance[i] * Count) + (batchSquares[i] / divisor * rows) + (delta * delta * Count * rows / total);
            mean[i] += delta * rows / total;
            variance[i] = squares / total;
        }

        Count = total;
    }

    /// <summary>(x − μ) / √(σ² + 10⁻⁸), cut off at ±<paramref name="clip"/>.</summary>
    /// <param name="rows">[rows, width].</param>
    /// <param name="normalised">To fill: [rows, width]; may be <paramref name="rows"/>.</param>
    /// <param name="clip">In standard deviations.</param>
    public void Normalise(ReadOnlySpan<float> rows, Span<float> normalised, double clip = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(normalised.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var column = i % width;
            normalised[i] = (float)Math.Clamp((rows[i] - mean[column]) / Math.Sqrt(variance[column] + 1e-8), -clip, clip);
        }
    }

    /// <summary>Writes the state.</summary>
    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put(name + ".count", Count);
        snapshot.Put<double>(name + ".mean", mean);
        snapshot.Put<double>(name + ".variance", variance);
    }

    /// <summary>Takes a saved state over.</summary>
    public void Load(StageSnapshot snapshot, string name)
    {
        Count = snapshot.GetOne<double>(name + ".count");
        snapshot.GetInto<double>(name + ".mean", mean);
        snapshot.GetInto<double>(name + ".variance", variance);
    }

    /// <summary>Mean and sum of squared deviations of each column, in two passes; returns the number of rows.</summary>
    private int MeasureBatch(ReadOnlySpan<float> batch)
    {
        var rows = batch.Length / width;
        ArgumentOutOfRangeException.ThrowIfNotEqual(batch.Length, rows * width);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, sampleVariance ? 2 : 1);
        Array.Clear(batchMean);
        Array.Clear(batchSquares);
        for (var i = 0; i < batch.Length; i++)
        {
            batchMean[i % width] += batch[i];
        }

        for (var i = 0; i < width; i++)
        {
            batchMean[i] /= rows;
        }

        for (var i = 0; i < batch.Length; i++)
        {
            var deviation = batch[i] - batchMean[i % width];
            batchSquares[i % width] += deviation * deviation;
        }

        return rows;
    }
}
