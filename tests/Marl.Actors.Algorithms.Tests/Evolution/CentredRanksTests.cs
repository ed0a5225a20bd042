using Marl.Actors.Algorithms.Evolution;
using Xunit;

namespace Marl.Actors.Algorithms.Tests.Evolution;

public sealed class CentredRanksTests
{
    /// <summary>Without ties these are the numbers of <c>compute_centered_ranks</c> in the program of Salimans et al.</summary>
    [Theory]
    [InlineData(new double[] { 30, 10, 20 }, new[] { 0.5f, -0.5f, 0f })]
    [InlineData(new double[] { -1e9, 7, 6.5, 0, 1e9 }, new[] { -0.5f, 0.25f, 0f, -0.25f, 0.5f })]
    [InlineData(new double[] { 2, 1 }, new[] { 0.5f, -0.5f })]
    [InlineData(new double[] { 500, 500, 500, 500 }, new[] { 0f, 0f, 0f, 0f })]
    [InlineData(new double[] { 5, 1, 5, 0 }, new[] { 1 / 3f, -1 / 6f, 1 / 3f, -0.5f })]
    [InlineData(new double[] { 9, 500, 9, 9, 500, 22 }, new[] { -0.3f, 0.4f, -0.3f, -0.3f, 0.4f, 0.1f })]
    public void Ranks_are_brought_to_a_half_on_each_side_and_equal_returns_share_one(double[] returns, float[] expected)
    {
        var worth = new float[returns.Length];
        new CentredRanks(returns.Length).Of(returns, worth);
        Assert.All(expected.Zip(worth), both => Assert.Equal(both.First, both.Second, 1e-6f));
    }

    [Fact]
    public void Neither_the_scale_nor_the_order_of_members_matters_and_all_sum_to_nothing()
    {
        double[] returns = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
        var ranks = new CentredRanks(returns.Length);
        var (worth, scaled, reversed) = (new float[returns.Length], new float[returns.Length], new float[returns.Length]);
        ranks.Of(returns, worth);
        ranks.Of([.. returns.Select(r => (1000 * r) - 77)], scaled);
        ranks.Of([.. returns.Reverse()], reversed);
        Assert.Equal(worth, scaled);
        Assert.Equal(worth.Reverse(), reversed);
        Assert.Equal(0, worth.Sum(), 1e-6f);
    }
}
