using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Coordination.Tests.Auctions;

/// <summary>Problems of chance, and their answers by trying everything.</summary>
internal static class Drawn
{
    /// <summary>Values between 0 and 1; a fifth of them nothing.</summary>
    public static double[] Values(int count, ref RandomStream random)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Math.Max(0, random.Uniform(-0.25, 1));
        }

        return values;
    }

    /// <summary>The greatest sum of an assignment, over all of them.</summary>
    public static double Best(double[] values, int rows, int columns, int row = 0, int taken = 0, int without = -1)
    {
        if (row == rows)
        {
            return 0;
        }

        var best = Best(values, rows, columns, row + 1, taken, without);
        for (var column = 0; column < columns && row != without; column++)
        {
            if ((taken >> column & 1) == 0)
            {
                best = Math.Max(best, values[(row * columns) + column] + Best(values, rows, columns, row + 1, taken | (1 << column), without));
            }
        }

        return best;
    }

    /// <summary>The greatest sum of bids on bundles, over all ways to give each bidder one or none.</summary>
    public static double BestBundles(double[] bids, ulong[] bundles, int bidders, int bidder = 0, ulong sold = 0)
    {
        if (bidder == bidders)
        {
            return 0;
        }

        var best = BestBundles(bids, bundles, bidders, bidder + 1, sold);
        for (var bundle = 0; bundle < bundles.Length; bundle++)
        {
            if ((sold & bundles[bundle]) == 0)
            {
                best = Math.Max(best, bids[(bidder * bundles.Length) + bundle] + BestBundles(bids, bundles, bidders, bidder + 1, sold | bundles[bundle]));
            }
        }

        return best;
    }
}
