using Marl.Actors.Core.Randomness;
using Marl.Actors.Experience.Replay;

namespace Marl.Actors.Experience.Tests.Replay;

public class SumTreeTests
{
    /// <summary>Whole numbers, so that sums are exact in any order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(64)]
    public void It_finds_what_a_walk_from_the_left_finds(int count)
    {
        var (tree, numbers, random) = (new SumTree(count), new double[count], RandomKey.FromSeed(count).Stream());
        for (var change = 0; change < 300; change++)
        {
            var at = random.NextInt(count);
            numbers[at] = tree[at] = random.NextInt(3) == 0 ? 0 : random.NextInt(10);
            Assert.Equal(numbers.Sum(), tree.Total);
            for (var sum = 0; sum < (int)tree.Total; sum++)
            {
                Assert.Equal(Walk(numbers, sum), tree.Find(sum));
                Assert.Equal(Walk(numbers, sum), tree.Find(sum + 0.999));
            }
        }
    }

    [Fact]
    public void Rounding_beyond_the_total_finds_the_last_that_is_not_0()
    {
        var tree = new SumTree(5) { [1] = 0.1, [2] = 0.2 };
        Assert.Equal(2, tree.Find(tree.Total));
        Assert.Equal(2, tree.Find(double.MaxValue));
        Assert.Equal(1, tree.Find(0));
    }

    [Fact]
    public void Equal_numbers_give_equal_sums_whatever_their_past()
    {
        var (one, other, random) = (new SumTree(50), new SumTree(50), RandomKey.FromSeed(3).Stream());
        for (var i = 0; i < 1000; i++)
        {
            one[random.NextInt(50)] = random.NextDouble() * Math.Pow(10, random.NextInt(12) - 6);
        }

        for (var i = 49; i >= 0; i--)
        {
            other[i] = one[i];
        }

        Assert.Equal(one.Total, other.Total);
    }

    private static int Walk(double[] numbers, double sum)
    {
        var at = 0;
        while (sum >= numbers[at])
        {
            sum -= numbers[at++];
        }

        return at;
    }
}
