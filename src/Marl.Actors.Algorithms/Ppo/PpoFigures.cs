using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Learning.Losses;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>What an update says about itself: means over its minibatches, and how good the critics were before it.</summary>
internal sealed class PpoFigures
{
    private PolicySums policy;
    private double valueLoss;
    private double gradientNorm;
    private int minibatches;
    private double explained;
    private double value;
    private int critics;

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "policy-loss", "value-loss", "entropy", "approx-kl", "clip-fraction", "gradient-norm", "learning-rate", "explained-variance", "value-mean");

    /// <summary>Begins an update.</summary>
    public void Clear() => (policy, valueLoss, gradientNorm, minibatches, explained, value, critics) = (default, 0, 0, 0, 0, 0, 0);

    /// <summary>
    /// Adds what a critic said before the update: 1 − Var(target − value) / Var(target), and the mean value. The residual is the
    /// advantage, since the target is value + advantage.
    /// </summary>
    public void AddCritic(ReadOnlySpan<float> targets, ReadOnlySpan<float> residuals)
    {
        var (target, residual) = (BatchMoments.Of(targets), BatchMoments.Of(residuals));
        explained += target.Variance > 0 ? 1 - (residual.Variance / target.Variance) : 0;
        value += target.Mean - residual.Mean;
        critics++;
    }

    /// <summary>Adds a minibatch.</summary>
    public void AddMinibatch(in PolicySums sums, double loss, double norm)
    {
        policy.Rows += sums.Rows;
        policy.Objective += sums.Objective;
        policy.Entropy += sums.Entropy;
        policy.Kl += sums.Kl;
        policy.Clipped += sums.Clipped;
        valueLoss += loss;
        gradientNorm += norm;
        minibatches++;
    }

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public void Write(Span<float> figures, double learningRate)
    {
        var rows = Math.Max(1, policy.Rows); // no agent may have acted at all
        double[] all =
        [
            -policy.Objective / rows,
            valueLoss / minibatches,
            policy.Entropy / rows,
            policy.Kl / rows,
            policy.Clipped / rows,
            gradientNorm / minibatches,
            learningRate,
            explained / Math.Max(1, critics),
            value / Math.Max(1, critics),
        ];
        for (var i = 0; i < all.Length; i++)
        {
            figures[i] = (float)all[i];
        }
    }
}
