using Marl.Actors.Core.Messages;
using Xunit;

namespace Marl.Actors.Core.Tests.Messages;

public sealed class MessageTests
{
    private static readonly MessageLayout Layout = new("toy", new("a", [2, 3]), new("missing", [0, 3]), new("b", [4]));

    [Fact]
    public void Fields_lie_one_after_another()
    {
        var message = Message.Create(Layout, new(1));
        for (var i = 0; i < 10; i++)
        {
            message.WriteBlock()[i] = i;
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], message[0].ToArray());
        Assert.Equal([6, 7, 8, 9], message[2].ToArray());
        Assert.True(message[1].IsEmpty);
        Assert.Equal((true, false, true, false), (message.Has(0), message.Has(1), message.Has(2), message.Has(3)));
        Assert.Equal((10, 40), (Layout.Length, Layout.Bytes));
    }

    [Fact]
    public void Writing_after_sending_is_a_bug()
    {
        var message = Message.Create(Layout, new(1)).Seal();

        Assert.Throws<InvalidOperationException>(() => message.Write(0).Length);
        Assert.Throws<InvalidOperationException>(() => message.WriteBlock().Length);
        Assert.Equal(10, message.Block.Length);
    }

    [Fact]
    public void Absent_messages_carry_a_stamp_and_nothing_else()
    {
        var absent = Message.Absent(new(3, 4, 5));

        Assert.True(absent.IsAbsent);
        Assert.Equal(new Stamp(3, 4, 5), absent.Stamp);
        Assert.True(absent.Block.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => absent.WriteBlock().Length);
        Assert.False(Message.Create(new("absent"), new(1)).IsAbsent);
    }

    [Fact]
    public void A_restamped_message_is_a_copy_of_its_own()
    {
        var message = Message.Create(Layout, new(1));
        message.WriteBlock().Fill(7);
        var later = message.Seal().Restamped(new(2));

        Assert.Equal(new Stamp(2), later.Stamp);
        Assert.Equal(message.Block.ToArray(), later.Block.ToArray());
        Assert.False(message.Block.Overlaps(later.Block));
        Assert.Throws<InvalidOperationException>(() => later.WriteBlock().Length);
        Assert.True(Message.Absent(new(1)).Restamped(new(2)).IsAbsent);
    }

    [Fact]
    public void Releasing_more_often_than_retaining_is_a_bug()
    {
        var message = Message.Create(Layout, new(1)).Retain();
        message.Release();
        message.Release();

        Assert.Throws<InvalidOperationException>(message.Release);
    }

    [Fact]
    public void Layouts_are_equal_by_kind_and_fields()
    {
        Assert.Equal(new MessageLayout("k", new Field("a", [2])), new MessageLayout("k", new Field("a", [2])));
        Assert.NotEqual(new MessageLayout("k", new Field("a", [2])), new MessageLayout("k", new Field("a", [3])));
        Assert.NotEqual(new MessageLayout("k", new Field("a", [2])), new MessageLayout("l", new Field("a", [2])));
        Assert.Equal("toy(a[2×3], b[4])", Layout.ToString());
    }

    [Theory]
    [InlineData(0, 0, 3, 0, 1)]
    [InlineData(0, 2, 3, 1, 0)]
    [InlineData(5, 0, 1, 6, 0)]
    public void The_next_step_carries_into_the_next_update(int update, int step, int iteration, int nextUpdate, int nextStep) =>
        Assert.Equal(new Stamp(nextUpdate, nextStep), new Stamp(update, step).NextStep(iteration));

    [Fact]
    public void What_all_readers_would_make_is_made_once_and_anew_of_the_pool_s_next_message()
    {
        var (pool, made) = (new MessagePool(Layout), 0);
        List<float> Make(Message message, List<float>? old)
        {
            made++;
            old ??= [];
            old.Clear();
            old.AddRange(message[2]);
            return old;
        }

        var first = pool.Rent(new(1));
        first.WriteBlock().Fill(7);
        first.Seal();
        var sum = first.Once<List<float>>(Make);
        Assert.Equal([7, 7, 7, 7], sum);
        Assert.Same(sum, first.Retain().Once<List<float>>(Make));
        Assert.Equal(1, made);
        first.Release();
        first.Release();

        var second = pool.Rent(new(2));
        second.WriteBlock().Fill(8);
        Assert.Same(sum, second.Seal().Once<List<float>>(Make)); // in the same place
        Assert.Equal([8, 8, 8, 8], sum);
        Assert.Equal(2, made);
    }
}
