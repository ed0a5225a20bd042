namespace Marl.Actors.Analysis.Communication;

/// <summary>Ranks, for Spearman's correlation.</summary>
internal static class Ranks
{
    /// <summary>The rank of each value; equal ones share their mean rank.</summary>
    public static double[] Of(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(order, (i, j) => values[i].CompareTo(values[j]));
        var ranks = new double[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
            {
                last++;
            }

            for (var i = first; i <= last; i++)
            {
                ranks[order[i]] = (first + last) / 2.0;
            }

            first = last + 1;
        }

        return ranks;
    }

    /// <summary>Shifts to mean 0 and scales to length 1, in place. False when all are equal: nothing to scale.</summary>
    public static bool Normalise(double[] ranks)
    {
        var mean = ranks.Average();
        var squares = ranks.Sum(r => (r - mean) * (r - mean));
        if (squares <= 0)
        {
            return false;
        }

        var scale = 1 / Math.Sqrt(squares);
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = (ranks[i] - mean) * scale;
        }

        return true;
    }
}
