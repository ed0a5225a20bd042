namespace Marl.Actors.Analysis.Communication;

/// <summary>How much two columns say about each other.</summary>
internal static class Dependence
{
    /// <summary>
    /// Mutual information I = Σ p(x, c) ln [p(x, c) / (p(x) p(c))] in nats, with Miller's correction, and its permutation test.
    /// </summary>
    /// <param name="other">What may depend on messages, or they on it.</param>
    /// <param name="messages">The messages, row by row beside it.</param>
    /// <param name="episodes">By row.</param>
    /// <param name="shuffling">The test.</param>
    public static Estimate Information(Column other, Column messages, int[] episodes, Shuffling shuffling)
    {
        if (!other.IsKnown || !messages.IsKnown)
        {
            return Estimate.None;
        }

        var counts = JointCounts.Of(other.Codes, messages.Codes, other.Size, messages.Size);
        var (value, corrected) = (counts.Information, counts.CorrectedInformation);
        var (chance, p) = shuffling.ByEpisode(messages.Codes, episodes, value, dealt =>
        {
            counts.Fill(other.Codes, dealt);
            return counts.Information;
        });
        return new(value, corrected, chance, p, other.Codes.Length);
    }

    /// <summary>
    /// Context independence of Bogin et al., Emergence of communication in an interactive world with consistent speakers, 2018:
    /// (1 / |A|) Σ_a p(c_a | a) p(a | c_a) with c_a = argmax_c p(a | c), over the values of <paramref name="other"/> that occur.
    /// 1 when each has a word of its own. Corrected for chance as agreement is: (value − chance) / (1 − chance).
    /// </summary>
    public static Estimate ContextIndependence(Column other, Column messages, int[] episodes, Shuffling shuffling)
    {
        if (!other.IsKnown || !messages.IsKnown)
        {
            return Estimate.None;
        }

        var counts = JointCounts.Of(other.Codes, messages.Codes, other.Size, messages.Size);
        var value = ContextIndependence(counts);
        var (chance, p) = shuffling.ByEpisode(messages.Codes, episodes, value, dealt =>
        {
            counts.Fill(other.Codes, dealt);
            return ContextIndependence(counts);
        });
        return new(value, chance < 1 ? Math.Max(0, (value - chance) / (1 - chance)) : 0, chance, p, other.Codes.Length);
    }

    private static double ContextIndependence(JointCounts counts)
    {
        var (sum, occurring) = (0.0, 0);
        for (var a = 0; a < counts.Rows; a++)
        {
            if (counts.Row(a) == 0)
            {
                continue;
            }

            var best = 0;
            for (var c = 1; c < counts.Columns; c++)
            {
                best = Share(counts, a, c) > Share(counts, a, best) ? c : best;
            }

            sum += (double)counts[a, best] / counts.Row(a) * Share(counts, a, best);
            occurring++;
        }

        return sum / occurring;
    }

    // p(a | c); nothing for a message that never occurred
    private static double Share(JointCounts counts, int a, int c) => counts.Column(c) == 0 ? 0 : (double)counts[a, c] / counts.Column(c);
}
