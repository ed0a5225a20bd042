using System.Numerics;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// Numbers of at least 0, and the sums of them over halves, quarters and so on: to change one, and to find where a running sum
/// passes a bound, take log₂ n steps each. Sums are always made anew from below, so that nothing drifts, and equal numbers give equal
/// sums whatever their past.
/// </summary>
internal sealed class SumTree
{
    private readonly int leaves;
    private readonly double[] sums; // node 1 is the root, the children of n are 2n and 2n + 1, and number i is node leaves + i

    /// <summary>So many zeros.</summary>
    public SumTree(int count)
    {
        leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, count));
        sums = new double[2L * leaves];
    }

    /// <summary>The sum of all.</summary>
    public double Total => sums[1];

    /// <summary>A number.</summary>
    public double this[int index]
    {
        get => sums[leaves + index];
        set
        {
            var node = leaves + index;
            sums[node] = value;
            while ((node /= 2) > 0)
            {
                sums[node] = sums[2 * node] + sums[(2 * node) + 1];
            }
        }
    }

    /// <summary>
    /// The first index up to which the numbers add up to more than <paramref name="sum"/>; never one with a 0, also where rounding
    /// carries the sum beyond the last. Only where <see cref="Total"/> is not 0.
    /// </summary>
    public int Find(double sum)
    {
        var node = 1;
        while (node < leaves)
        {
            var left = sums[2 * node];
            if (sum < left || sums[(2 * node) + 1] == 0)
            {
                node = 2 * node;
            }
            else
            {
                sum -= left;
                node = (2 * node) + 1;
            }
        }

        return node - leaves;
    }
}
