using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Analysis.Communication;

/// <summary>
/// Whether like things are called alike: Spearman's rank correlation between distances of meanings and distances of messages,
/// over all pairs. Brighton, Kirby, Understanding linguistic evolution by visualizing the emergence of topographic mappings,
/// Artificial Life 2006; Lazaridou et al., ICLR 2018. 1 for a language that names each attribute in symbols of its
/// own; a little less where attributes share symbols, since edits may shift them (four values, three attributes: 0.94).
/// </summary>
public static class TopographicSimilarity
{
    /// <summary>The most meanings that are compared; of more, as many are drawn.</summary>
    public const int Most = 128;

    /// <summary>
    /// The similarity: Hamming distance between meanings, edit distance between messages. Chance and p-value from messages
    /// dealt out to other meanings (Mantel 1967). Unknown below three meanings, and where all distances of one side are equal, as
    /// between meanings of a single attribute.
    /// </summary>
    /// <param name="meanings">Attribute values, one array a meaning; all of one length.</param>
    /// <param name="messages">The symbols each was called by.</param>
    /// <param name="shuffling">The test, and how meanings are drawn when there are more than <see cref="Most"/>.</param>
    /// <remarks>A rank correlation has no bias of few observations under chance: corrected is what was observed.</remarks>
    public static Estimate Of(IReadOnlyList<float[]> meanings, IReadOnlyList<int[]> messages, Shuffling shuffling)
    {
        var random = shuffling.Key.Derive("meanings").Stream();
        var chosen = Enumerable.Range(0, meanings.Count).ToArray();
        if (chosen.Length > Most)
        {
            random.Shuffle<int>(chosen);
            Array.Resize(ref chosen, Most);
        }

        var count = chosen.Length;
        if (count < 3)
        {
            return Estimate.None;
        }

        var meant = Ranks.Of(Pairs(count, (i, j) => Hamming(meanings[chosen[i]], meanings[chosen[j]])));
        var said = Ranks.Of(Pairs(count, (i, j) => EditDistance.Of(messages[chosen[i]], messages[chosen[j]])));
        if (Ranks.Normalise(meant) && Ranks.Normalise(said))
        {
            var order = Enumerable.Range(0, count).ToArray();
            var value = Correlation(meant, said, order);
            var draw = shuffling.Key.Stream();
            var (chance, p) = shuffling.Of(value, () =>
            {
                draw.Shuffle<int>(order);
                return Correlation(meant, said, order);
            });
            return new(value, value, chance, p, count);
        }

        return Estimate.None;
    }

    private static int Hamming(float[] first, float[] second)
    {
        var different = 0;
        for (var i = 0; i < first.Length; i++)
        {
            different += first[i] == second[i] ? 0 : 1;
        }

        return different;
    }

    /// <summary>Distances of all pairs i &lt; j, row by row.</summary>
    private static double[] Pairs(int count, Func<int, int, int> distance)
    {
        var pairs = new double[count * (count - 1) / 2];
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                pairs[next++] = distance(i, j);
            }
        }

        return pairs;
    }

    // Both have mean 0 and length 1, so that their product is the correlation.
    private static double Correlation(double[] meant, double[] said, int[] order)
    {
        var (sum, next, count) = (0.0, 0, order.Length);
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var (low, high) = order[i] < order[j] ? (order[i], order[j]) : (order[j], order[i]);
                sum += meant[next++] * said[(low * ((2 * count) - low - 1) / 2) + high - low - 1];
            }
        }

        return Math.Clamp(sum, -1, 1);
    }
}
