using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Algorithms.Evolution;

/// <summary>What the learner says of a generation: means over the policies, of members' returns and of the step.</summary>
internal static class EsFigures
{
    /// <summary>Names and order of the figures. Unfinished are members without a whole episode.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "population-mean", "population-best", "population-worst", "unfinished", "gradient-norm", "parameter-norm", "learning-rate");

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public static void Write(IReadOnlyList<EsGroup> groups, double learningRate, Span<float> target)
    {
        Span<double> sums = stackalloc double[6];
        sums.Clear();
        foreach (var group in groups)
        {
            var (mean, best, worst) = (0.0, double.NegativeInfinity, double.PositiveInfinity);
            foreach (var value in group.Returns)
            {
                mean += value / group.Returns.Length;
                (best, worst) = (Math.Max(best, value), Math.Min(worst, value));
            }

            ReadOnlySpan<double> all = [mean, best, worst, group.Unfinished, group.Search.GradientNorm, GradientNorm.Of(group.Search.Values)];
            for (var i = 0; i < all.Length; i++)
            {
                sums[i] += all[i] / groups.Count;
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            target[i] = (float)sums[i];
        }

        target[sums.Length] = (float)learningRate;
    }
}
