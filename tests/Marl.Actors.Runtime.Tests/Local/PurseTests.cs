using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Tests.Graphs;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Local;

public sealed class PurseTests
{
    [Fact]
    public void Credits_lie_ready_and_only_a_producer_that_found_none_is_told()
    {
        var purse = Of();
        Assert.False(purse.Give(2));
        Assert.False(purse.Give(3));
        Assert.Equal(5, purse.Take());
        Assert.Equal(0, purse.Take());
        Assert.Equal(0, purse.Take());
        Assert.True(purse.Give(1));
        Assert.False(purse.Give(1));
        Assert.Equal(2, purse.Take());
    }

    [Fact]
    public async Task Between_two_threads_no_credit_is_lost_and_no_producer_is_left_waiting()
    {
        const int Most = 200_000;
        var purse = Of();
        using var told = new SemaphoreSlim(0);
        var consumer = Task.Run(() =>
        {
            for (var i = 0; i < Most; i++)
            {
                if (purse.Give(1))
                {
                    told.Release();
                }
            }
        });
        var producer = Task.Run(async () =>
        {
            var sum = 0;
            while (sum < Most)
            {
                var taken = purse.Take();
                sum += taken;
                if (taken == 0)
                {
                    await told.WaitAsync();
                }
            }

            return sum;
        });
        await consumer;
        Assert.Equal(Most, await producer.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, told.CurrentCount);
    }

    private static Purse Of() => new(Topology.Of(TestGraphs.Loop(1)).Links[0]);
}
