using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
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

    /// <summary>Of the critics: explained variance and mean value.</summary>
    public (double Explained, double Value) Values => (explained / Math.Max(1, critics), value / Math.Max(1, critics));

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

    /// <summary>Adds the minibatch that some shards have just learned from.</summary>
    /// <param name="shards">The shards.</param>
    /// <param name="norm">Length of the mean of their gradients.</param>
    public void AddMinibatch(ReadOnlySpan<PpoShard> shards, double norm)
    {
        var loss = 0.0;
        foreach (var shard in shards)
        {
            policy.Rows += shard.PolicySums.Rows;
            policy.Objective += shard.PolicySums.Objective;
            policy.Entropy += shard.PolicySums.Entropy;
            policy.Kl += shard.PolicySums.Kl;
            policy.Clipped += shard.PolicySums.Clipped;
            loss += shard.ValueLoss;
        }

        valueLoss += loss / shards.Length;
        gradientNorm += norm;
        minibatches++;
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        snapshot.Put($"{name}.policy", policy);
        snapshot.Put<double>($"{name}.sums", [valueLoss, gradientNorm, minibatches, explained, value, critics]);
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        policy = snapshot.GetOne<PolicySums>($"{name}.policy");
        Span<double> sums = stackalloc double[6];
        snapshot.GetInto($"{name}.sums", sums);
        (valueLoss, gradientNorm, minibatches, explained, value, critics) = (sums[0], sums[1], (int)sums[2], sums[3], sums[4], (int)sums[5]);
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
            Values.Explained,
            Values.Value,
        ];
        for (var i = 0; i < all.Length; i++)
        {
            figures[i] = (float)all[i];
        }
    }
}
