using Marl.Actors.Learning.Parallel;

namespace Marl.Actors.Learning.Tests.Parallel;

public sealed class ParallelPairTests
{
    [Fact]
    public void Both_are_done_once_every_time()
    {
        var (first, second) = (0, 0);
        var pair = new ParallelPair(() => first++, () => second++);
        for (var i = 1; i <= 2000; i++)
        {
            pair.Run();
            Assert.Equal((i, i), (first, second));
        }
    }

    [Fact]
    public void A_failure_of_either_is_thrown_after_both_have_ended()
    {
        var done = false;
        var fails = new ParallelPair(() => throw new InvalidOperationException("first"), () => done = true);
        Assert.Equal("first", Assert.Throws<InvalidOperationException>(fails.Run).Message);
        Assert.True(done);

        var failsToo = new ParallelPair(() => done = false, () => throw new InvalidOperationException("second"));
        Assert.Equal("second", Assert.Throws<InvalidOperationException>(failsToo.Run).Message);
        Assert.False(done);
    }
}
