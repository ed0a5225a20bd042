using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Coordination.Auctions.Traders;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Auctions;

/// <summary>
/// 11 buyers and 11 sellers of one unit a day, limits 0.75 to 3.25 in steps of 0.25, prices up to 4: six trades at 2 gain 7.5.
/// One trader at a time, drawn among those that have not traded, shouts a price.
/// </summary>
public sealed class MarketTests
{
    private const int Side = 11;
    private const double Most = 7.5;
    private const int Shouts = 500; // a day

    [Fact]
    public void Constrained_traders_without_intelligence_gain_almost_all_there_is()
    {
        var gains = Days(1_000, _ => new ZeroIntelligence(4, isConstrained: true)).Select(day => day[0]).ToArray();

        Assert.InRange(gains.Average(), 0.954, 0.974);
    }

    [Fact]
    public void Unconstrained_traders_without_intelligence_gain_nothing()
    {
        var gains = Days(300, _ => new ZeroIntelligence(4, isConstrained: false)).Select(day => day[0]).ToArray();

        Assert.InRange(gains.Average(), -0.01, 0.01); // everyone trades: what buyers value is what sellers spend
    }

    [Fact]
    public void Traders_that_learn_gain_all_by_the_tenth_day()
    {
        var days = Days(40, key => new ZeroIntelligencePlus(1, key), days: 10);

        Assert.InRange(days.Average(d => d[9]), 0.99, 1 + 1e-9);
    }

    [Fact]
    public void A_call_clears_where_supply_meets_demand()
    {
        double[] prices = [.. Limits(), .. Limits()];
        int[] sides = [.. Enumerable.Repeat(1, Side), .. Enumerable.Repeat(-1, Side)];
        var filled = new int[2 * Side];

        Assert.Equal(2, new CallMarket(2 * Side).Clear(prices, sides, filled));
        Assert.Equal(6, filled.Count(f => f == 1));
        Assert.Equal(6, filled.Count(f => f == -1));
        Assert.Equal(Most, Enumerable.Range(0, 2 * Side).Sum(i => filled[i] * prices[i]), 1e-12);
        Assert.Equal(double.NaN, new CallMarket(2).Clear([1, 2], [1, -1], new int[2]));
    }

    [Fact]
    public void The_earlier_shout_makes_the_price()
    {
        var pit = new OpenOutcry();

        Assert.Equal(-1, pit.Shout(0, isBuying: true, 2).Buyer);
        Assert.Equal(-1, pit.Shout(1, isBuying: true, 1.5).Buyer); // no improvement: refused
        Assert.Equal(0, pit.Bidder);
        Assert.Equal(-1, pit.Shout(2, isBuying: false, 3).Buyer);
        Assert.Equal((0, 3, 2.0), pit.Shout(3, isBuying: false, 1));
        Assert.Equal((-1, -1), (pit.Bidder, pit.Asker)); // a trade takes the other side away too
    }

    private static IEnumerable<double> Limits() => Enumerable.Range(0, Side).Select(i => 0.75 + (0.25 * i));

    private static List<double[]> Days(int sessions, Func<RandomKey, ITrader> trader, int days = 1)
    {
        var root = RandomKey.FromSeed(17);
        var all = new List<double[]>();
        double[] limits = [.. Limits(), .. Limits()];
        for (var session = 0; session < sessions; session++)
        {
            var key = root.Derive((ulong)session);
            var random = key.Stream();
            var traders = Enumerable.Range(0, 2 * Side).Select(i => trader(key.Derive((ulong)i + 1))).ToArray();
            all.Add([.. Enumerable.Range(0, days).Select(_ => Day(traders, limits, ref random) / Most)]);
        }

        return all;
    }

    private static double Day(ITrader[] traders, double[] limits, ref RandomStream random)
    {
        var waiting = Enumerable.Range(0, traders.Length).ToList();
        var pit = new OpenOutcry();
        var gain = 0.0;
        for (var shout = 0; shout < Shouts && waiting.Count > 0; shout++)
        {
            var caller = waiting[random.NextInt(waiting.Count)];
            var price = traders[caller].Price(0, caller < Side, limits[caller], ref random);
            var (buyer, seller, deal) = pit.Shout(caller, caller < Side, price);
            var heard = new Shout(buyer >= 0 ? deal : price, caller < Side, buyer >= 0);
            for (var i = 0; i < traders.Length; i++)
            {
                traders[i].Hear(0, i < Side, limits[i], waiting.Contains(i), heard, ref random);
            }

            if (buyer >= 0)
            {
                gain += limits[buyer] - limits[seller];
                waiting.Remove(buyer);
                waiting.Remove(seller);
            }
        }

        return gain;
    }
}
