using Marl.Actors.Algorithms.Ppo;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Learning.Exchanges;

namespace Marl.Actors.Algorithms.Talking;

/// <summary>What an update of agents that talk says about itself: means over its minibatches.</summary>
internal sealed class TalkFigures
{
    private ExchangeSums sums;
    private double replayError; // of the first minibatch: the parameters are those acted with, unless weights come late
    private double valueLoss;
    private double gradientNorm;
    private int minibatches;

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "policy-loss", "value-loss", "entropy", "message-entropy", "approx-kl", "clip-fraction", "gradient-norm", "learning-rate", "explained-variance", "value-mean", "replay-error");

    /// <summary>What the critics say of themselves.</summary>
    public PpoFigures Critics { get; } = new();

    /// <summary>Begins an update.</summary>
    public void Clear()
    {
        Critics.Clear();
        (sums, replayError, valueLoss, gradientNorm, minibatches) = (default, 0, 0, 0, 0);
    }

    /// <summary>Adds a minibatch.</summary>
    public void Add(in ExchangeSums policy, double loss, double norm)
    {
        replayError = minibatches == 0 ? policy.Error : replayError;
        sums.Weight += policy.Weight;
        sums.Objective += policy.Objective;
        sums.Entropy += policy.Entropy;
        sums.MessageEntropy += policy.MessageEntropy;
        sums.Kl += policy.Kl;
        sums.Clipped += policy.Clipped;
        valueLoss += loss;
        gradientNorm += norm;
        minibatches++;
    }

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public void Write(Span<float> figures, double learningRate)
    {
        var weight = sums.Weight > 0 ? sums.Weight : 1;
        var (explained, value) = Critics.Values;
        double[] all =
        [
            -sums.Objective / weight, valueLoss / minibatches, sums.Entropy / weight, sums.MessageEntropy / weight, sums.Kl / weight, sums.Clipped / weight,
            gradientNorm / minibatches, learningRate, explained, value, replayError,
        ];
        for (var i = 0; i < all.Length; i++)
        {
            figures[i] = (float)all[i];
        }
    }
}
