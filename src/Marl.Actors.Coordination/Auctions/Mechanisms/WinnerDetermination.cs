using System.Numerics;

namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>
/// Which bids on bundles win: no thing is sold twice, and every bidder gets at most one of its bundles (XOR bids). Finding the
/// greatest sum is NP-hard (Rothkopf, Pekeč, Harstad 1998): few bids are searched completely, of many those are taken in turn that
/// offer most for the root of their size.
/// </summary>
public sealed class WinnerDetermination
{
    private readonly int bidders;
    private readonly ulong[] bundles;
    private readonly int[] order;        // of the live bids, best first
    private readonly double[] scores;
    private readonly int[] chosen;       // on the current path of the search
    private readonly int[] best;
    private readonly double[] shares;    // by item: the most a live bid offers for each of its things
    private readonly double[] tops;      // by bidder: its best live bid
    private readonly ulong all;          // things

    /// <summary>Room for auctions of those bundles.</summary>
    /// <param name="bidders">How many bid.</param>
    /// <param name="bundles">The bundles on offer, a bit for each thing; at most 64 things.</param>
    public WinnerDetermination(int bidders, ulong[] bundles)
    {
        (this.bidders, this.bundles) = (bidders, bundles);
        order = new int[bidders * bundles.Length];
        scores = new double[bidders * bundles.Length];
        (shares, tops) = (new double[64], new double[bidders]);
        all = bundles.Aggregate(0UL, (things, bundle) => things | bundle);
        (chosen, best) = (new int[bidders], new int[bidders]);
    }

    /// <summary>
    /// The greatest sum, by branch and bound in the order of price for a thing: a branch is left when neither the things still free,
    /// at the best price that is yet to come for each, nor the bidders still free, with their best bids, can beat the best found.
    /// </summary>
    /// <param name="bids">[bidders, bundles]; 0 or less is no bid.</param>
    /// <param name="won">To fill: the bundle of each bidder, or −1.</param>
    /// <param name="without">A bidder that takes no part, or −1.</param>
    /// <returns>The sum of the winning bids.</returns>
    public double Exact(ReadOnlySpan<double> bids, Span<int> won, int without = -1)
    {
        var record = Greedy(bids, best, without); // something to beat
        var count = Rank(bids, without, size => size);
        Array.Clear(shares);
        Array.Clear(tops);
        for (var i = 0; i < count; i++)
        {
            var (bidder, bundle) = (order[i] / bundles.Length, bundles[order[i] % bundles.Length]);
            tops[bidder] = Math.Max(tops[bidder], bids[order[i]]);
            for (var left = bundle; left != 0; left &= left - 1)
            {
                var item = BitOperations.TrailingZeroCount(left);
                shares[item] = Math.Max(shares[item], bids[order[i]] / BitOperations.PopCount(bundle));
            }
        }

        Array.Fill(chosen, -1);
        record = Search(bids, 0, count, 0, 0, record);
        best.CopyTo(won);
        return record;
    }

    /// <summary>
    /// Bids in the order of value / √size, each taken if it still can be (Lehmann, O'Callaghan, Shoham, Truth revelation in
    /// approximately efficient combinatorial auctions, JACM 2002). Of m things: at least the greatest sum / √m where every bidder
    /// bids on one bundle, / √(2m) where bidders bid on several, since a taken bid may then stand in the way of one more.
    /// </summary>
    /// <inheritdoc cref="Exact"/>
    public double Greedy(ReadOnlySpan<double> bids, Span<int> won, int without = -1)
    {
        var count = Rank(bids, without, size => Math.Sqrt(size));
        won[..bidders].Fill(-1);
        var (sold, sum) = (0UL, 0.0);
        for (var i = 0; i < count; i++)
        {
            var (bidder, bundle) = (order[i] / bundles.Length, order[i] % bundles.Length);
            if (won[bidder] < 0 && (sold & bundles[bundle]) == 0)
            {
                won[bidder] = bundle;
                sold |= bundles[bundle];
                sum += bids[order[i]];
            }
        }

        return sum;
    }

    // Live bids by value / weight of their size, the first of equals first.
    private int Rank(ReadOnlySpan<double> bids, int without, Func<int, double> weight)
    {
        var count = 0;
        for (var i = 0; i < bids.Length; i++)
        {
            if (bids[i] > 0 && i / bundles.Length != without)
            {
                order[count] = i;
                scores[count++] = -bids[i] / weight(BitOperations.PopCount(bundles[i % bundles.Length]));
            }
        }

        // Equal scores keep the order of the bids: sorting alone would not promise it.
        Array.Sort(scores, order, 0, count);
        for (var first = 0; first < count;)
        {
            var last = first;
            while (last + 1 < count && scores[last + 1] == scores[first])
            {
                last++;
            }

            Array.Sort(order, first, last - first + 1);
            first = last + 1;
        }

        return count;
    }

    private double Search(ReadOnlySpan<double> bids, int from, int count, ulong sold, double sum, double record)
    {
        if (sum > record)
        {
            record = sum;
            chosen.CopyTo(best, 0);
        }

        for (var i = from; i < count; i++)
        {
            var (bidder, bundle) = (order[i] / bundles.Length, order[i] % bundles.Length);
            if (sum + Bound(sold, -scores[i]) <= record)
            {
                return record;
            }

            if (chosen[bidder] < 0 && (sold & bundles[bundle]) == 0)
            {
                chosen[bidder] = bundle;
                record = Search(bids, i + 1, count, sold | bundles[bundle], sum + bids[order[i]], record);
                chosen[bidder] = -1;
            }
        }

        return record;
    }

    private double Bound(ulong sold, double price)
    {
        var (byItem, byBidder) = (0.0, 0.0);
        for (var left = all & ~sold; left != 0; left &= left - 1)
        {
            byItem += Math.Min(price, shares[BitOperations.TrailingZeroCount(left)]);
        }

        for (var bidder = 0; bidder < bidders; bidder++)
        {
            byBidder += chosen[bidder] < 0 ? tops[bidder] : 0;
        }

        return Math.Min(byItem, byBidder);
    }
}
