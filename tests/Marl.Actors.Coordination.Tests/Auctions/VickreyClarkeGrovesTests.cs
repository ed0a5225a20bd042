using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Auctions;

public sealed class VickreyClarkeGrovesTests
{
    [Fact]
    public void A_thousand_auctions_allocate_and_charge_as_by_trying_everything()
    {
        var random = RandomKey.FromSeed(5).Stream();
        for (var i = 0; i < 1000; i++)
        {
            var (bidders, items) = (1 + random.NextInt(5), 1 + random.NextInt(4));
            var bids = Drawn.Values(bidders * items, ref random);
            var (won, paid) = (new int[bidders], new double[bidders]);

            var welfare = new VickreyClarkeGroves(bidders, items).Sell(bids, won, paid);

            Assert.Equal(Drawn.Best(bids, bidders, items), welfare, 1e-12);
            for (var bidder = 0; bidder < bidders; bidder++)
            {
                var bid = won[bidder] < 0 ? 0 : bids[(bidder * items) + won[bidder]];
                Assert.Equal(Drawn.Best(bids, bidders, items, without: bidder) - (welfare - bid), paid[bidder], 1e-12);
            }
        }
    }

    [Fact]
    public void Of_a_hundred_thousand_lies_none_pays()
    {
        var random = RandomKey.FromSeed(6).Stream();
        var most = double.NegativeInfinity;
        var (won, paid) = (new int[5], new double[5]);
        for (var i = 0; i < 100_000; i++)
        {
            var (bidders, items) = (1 + random.NextInt(5), 1 + random.NextInt(4));
            var values = Drawn.Values(bidders * items, ref random);
            var liar = random.NextInt(bidders);
            var auction = new VickreyClarkeGroves(bidders, items);
            auction.Sell(values, won, paid);
            var honest = Utility();
            var bids = values.ToArray();
            for (var item = 0; item < items; item++)
            {
                bids[(liar * items) + item] = random.NextInt(3) switch
                {
                    0 => random.NextDouble() * 2,
                    1 => values[(liar * items) + item] * random.Uniform(0.5, 1.5),
                    _ => bids[(liar * items) + item],
                };
            }

            auction.Sell(bids, won, paid);
            most = Math.Max(most, Utility() - honest);

            double Utility() => won[liar] < 0 ? 0 : values[(liar * items) + won[liar]] - paid[liar];
        }

        Assert.InRange(most, 0, 1e-12); // 0: some lies change nothing
    }

    [Fact]
    public void One_thing_goes_at_the_second_price()
    {
        var (won, paid) = (new int[3], new double[3]);

        new VickreyClarkeGroves(3, 1).Sell([5, 9, 7], won, paid);

        Assert.Equal([-1, 0, -1], won);
        Assert.Equal([0.0, 7, 0], paid);
    }

    [Theory]
    [InlineData(Pricing.First, 0, 1, 9)]
    [InlineData(Pricing.Second, 0, 1, 7)]
    [InlineData(Pricing.Second, 8, 1, 8)]
    [InlineData(Pricing.Second, 10, -1, 0)]
    public void Sealed_bids_go_to_the_highest(Pricing pricing, double reserve, int winner, double paid) =>
        Assert.Equal((winner, paid), SealedBids.Sell([5, 9, 7], 1, pricing, reserve, [true, true, true]));

    [Fact]
    public void Who_may_not_win_does_not_raise_the_price() =>
        Assert.Equal((2, 5.0), SealedBids.Sell([5, 9, 7], 1, Pricing.Second, 0, [true, false, true]));
}
