using Marl.Actors.Analysis.Statistics;

namespace Marl.Actors.Analysis.Communication;

/// <summary>What the channel is worth: the same episodes with it and without.</summary>
/// <param name="Change">What was done to the channel: <c>muted</c>, <c>shuffled</c>.</param>
/// <param name="With">Returns as they are.</param>
/// <param name="Without">Returns with the change.</param>
/// <param name="Worth">With less without, episode by episode: its interval is that of a paired comparison.</param>
/// <param name="PValue">Share of all ways to swap the two in some episodes that make them differ as much or more.</param>
public sealed record Ablation(string Change, Sample With, Sample Without, Sample Worth, double PValue)
{
    /// <summary>Compares episodes that began alike.</summary>
    /// <param name="change">What was done to the channel.</param>
    /// <param name="with">Figures of the episodes with the channel.</param>
    /// <param name="without">Of the same episodes with the change.</param>
    /// <param name="shuffling">The test.</param>
    public static Ablation Of(string change, double[] with, double[] without, Shuffling shuffling)
    {
        var worth = with.Zip(without, (w, o) => w - o).ToArray();
        var observed = Math.Abs(worth.Sum());
        var random = shuffling.Key.Derive(change).Stream();
        var (_, p) = shuffling.Of(observed, () => Math.Abs(worth.Sum(w => (random.NextBits() & 1) == 0 ? w : -w)));
        return new(change, Sample.Of(with), Sample.Of(without), Sample.Of(worth), p);
    }
}
