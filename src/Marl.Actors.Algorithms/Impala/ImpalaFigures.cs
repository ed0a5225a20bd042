using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experience.Moments;
using Marl.Actors.Learning.Losses;

namespace Marl.Actors.Algorithms.Impala;

/// <summary>What an update says about itself: losses, how old the rollouts were, and how far the policies had come apart.</summary>
internal sealed class ImpalaFigures
{
    private readonly float[] figures = new float[Layout.Length];
    private double lag;
    private double lagMax;
    private int taken;
    private int dropped;
    private double ratio;
    private double kl;
    private double explained;
    private double value;
    private int kept;

    /// <summary>Names and order of the figures. Lags are in versions of the weights, over all rollouts taken.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "policy-loss", "value-loss", "entropy", "lag-mean", "lag-max", "dropped", "ratio-mean", "kl", "gradient-norm", "learning-rate", "explained-variance", "value-mean");

    /// <summary>Begins an update.</summary>
    public void Clear() => (lag, lagMax, taken, dropped, ratio, kl, explained, value, kept) = (0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Adds a rollout's age; it is learned from or not.</summary>
    public void AddLag(double versions, bool isDropped)
    {
        lag += versions;
        lagMax = Math.Max(lagMax, versions);
        taken++;
        dropped += isDropped ? 1 : 0;
    }

    /// <summary>Adds how a rollout was judged: ρ and log π of its steps against log μ, the critic's values and targets.</summary>
    public void AddRollout(ReadOnlySpan<float> ratios, ReadOnlySpan<float> current, ReadOnlySpan<float> behaviour, ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> residuals)
    {
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = targets[i] - values[i];
            kl += (behaviour[i] - current[i]) / residuals.Length;
        }

        var (target, residual) = (BatchMoments.Of(targets), BatchMoments.Of(residuals));
        explained += target.Variance > 0 ? 1 - (residual.Variance / target.Variance) : 0;
        value += BatchMoments.Of(values).Mean;
        ratio += BatchMoments.Of(ratios).Mean;
        kept++;
    }

    /// <summary>Ends an update: what is written from now on.</summary>
    public void Complete(in PolicySums policy, double valueLoss, double gradientNorm, double learningRate)
    {
        var (rows, rollouts) = (Math.Max(1, policy.Rows), Math.Max(1, kept));
        double[] all =
        [
            -policy.Objective / rows, valueLoss, policy.Entropy / rows, lag / Math.Max(1, taken), lagMax, dropped, ratio / rollouts, kl / rollouts, gradientNorm, learningRate, explained / rollouts, value / rollouts,
        ];
        for (var i = 0; i < all.Length; i++)
        {
            figures[i] = (float)all[i];
        }
    }

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public void Write(Span<float> target) => figures.CopyTo(target);
}
