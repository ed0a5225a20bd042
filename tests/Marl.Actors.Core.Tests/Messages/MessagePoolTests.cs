using Marl.Actors.Core.Messages;
using Xunit;

namespace Marl.Actors.Core.Tests.Messages;

public sealed class MessagePoolTests
{
    private static readonly MessageLayout Layout = new("toy", new Field("a", [16]));

    [Fact]
    public void The_last_release_lends_the_block_again()
    {
        var pool = new MessagePool(Layout);
        var first = pool.Rent(new(1)).Seal().Retain();
        first.Release();
        var second = pool.Rent(new(2));
        first.Release();
        var third = pool.Rent(new(3));

        Assert.NotSame(first, second);
        Assert.Same(first, third);
        Assert.Equal(new Stamp(3), third.Stamp);
        third.WriteBlock().Fill(1); // a rented message may be written though it was sealed in its former life
    }

    [Fact]
    public void Steady_renting_allocates_nothing()
    {
        var pool = new MessagePool(Layout);
        for (var i = 0; i < 100; i++)
        {
            pool.Rent(new(i)).Seal().Release();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            pool.Rent(new(i)).Seal().Release();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_reader_who_did_not_retain_finds_poison()
    {
        MessagePool.PoisonReleased = true;
        try
        {
            var message = new MessagePool(Layout).Rent(new(1));
            message.WriteBlock().Fill(1);
            message.Seal().Release();

            Assert.All(message.Block.ToArray(), value => Assert.True(float.IsNaN(value)));
        }
        finally
        {
            MessagePool.PoisonReleased = false;
        }
    }

    [Fact]
    public void Many_threads_never_share_a_rented_block()
    {
        var pool = new MessagePool(Layout);
        var mixed = 0;
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var message = pool.Rent(new(i));
                message.WriteBlock().Fill(thread);
                mixed += message.Block.ContainsAnyExcept((float)thread) ? 1 : 0;
                message.Release();
            }
        });

        Assert.Equal(0, mixed);
    }
}
