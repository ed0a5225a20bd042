namespace Marl.Actors.Algorithms.Evolution;

/// <summary>
/// What members of a population are worth: their rank among all, brought to −½..½, so that neither the scale of the rewards nor a
/// single lucky episode matters (Wierstra et al., Natural evolution strategies, JMLR 15, 2014; Salimans et al. 2017, section 2.1).
/// Equal returns share their mean rank: where all do equally well, nothing pulls.
/// </summary>
/// <param name="members">How many there are, at least 2.</param>
internal sealed class CentredRanks(int members)
{
    private readonly int[] order = new int[members];
    private readonly double[] sorted = new double[members];

    /// <summary>(rank − ½ (n − 1)) / (n − 1), of ranks 0 (worst) … n − 1 (best).</summary>
    /// <param name="returns">[members].</param>
    /// <param name="worth">To fill: [members].</param>
    public void Of(ReadOnlySpan<double> returns, Span<float> worth)
    {
        returns.CopyTo(sorted);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        sorted.AsSpan().Sort(order.AsSpan());
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && sorted[last + 1] == sorted[first])
            {
                last++;
            }

            var rank = (first + last) / 2.0;
            for (; first <= last; first++)
            {
                worth[order[first]] = (float)((rank / (members - 1)) - 0.5);
            }
        }
    }
}
