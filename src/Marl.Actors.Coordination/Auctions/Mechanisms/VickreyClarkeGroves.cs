namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>
/// Vickrey, Clarke and Groves for bidders who want one thing each: things go where the bids' sum is greatest, and each bidder pays
/// what its presence costs the others, p_i = W(without i) − (W − b_i). To bid what a thing is worth is then best whatever others
/// do (Vickrey 1961, Clarke 1971, Groves 1973; for assignments Leonard, JPE 1983).
/// </summary>
public sealed class VickreyClarkeGroves(int bidders, int items)
{
    private readonly AssignmentSolver solver = new(bidders, items);
    private readonly int[] others = new int[bidders];

    /// <summary>Sells.</summary>
    /// <param name="bids">[bidders, items].</param>
    /// <param name="won">To fill: the item of each bidder, or <see cref="AssignmentSolver.None"/>.</param>
    /// <param name="paid">To fill: what each bidder pays; never more than its bid.</param>
    /// <returns>The sum of the winning bids.</returns>
    public double Sell(ReadOnlySpan<double> bids, Span<int> won, Span<double> paid)
    {
        var welfare = solver.Solve(bids, won);
        for (var bidder = 0; bidder < bidders; bidder++)
        {
            if (won[bidder] == AssignmentSolver.None)
            {
                paid[bidder] = 0;
                continue;
            }

            var bid = bids[(bidder * items) + won[bidder]];
            paid[bidder] = Math.Clamp(solver.Solve(bids, others, without: bidder) - (welfare - bid), 0, bid); // rounding may leave the range
        }

        return welfare;
    }
}
