using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Messages;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class DropTests
{
    [Fact]
    public void Lost_tokens_become_absent_ones_of_the_same_stamp()
    {
        var bench = new OperatorBench(Drop.Probability(0.3)).Push(0, 10_000);
        var lost = bench.Versions.Count(v => v < 0);

        Assert.Equal(Enumerable.Range(0, 10_000), bench.Updates);
        Assert.InRange(lost, 2862, 3138); // 3 standard deviations of Binomial(10000, 0.3), for this seed once and for all
        Assert.All(bench.Received.Where(m => !m.IsAbsent), m => Assert.Equal(m.Stamp.Update, (int)m[0][0]));
    }

    [Fact]
    public void Nothing_is_lost_with_probability_zero_and_everything_with_one()
    {
        Assert.DoesNotContain(-1, new OperatorBench(Drop.Probability(0)).Push(0, 100).Versions);
        Assert.All(new OperatorBench(Drop.Probability(1)).Push(0, 100).Versions, v => Assert.Equal(-1, v));
    }

    [Fact]
    public void What_is_lost_depends_on_key_and_stamp_alone()
    {
        var whole = new OperatorBench(Drop.Probability(0.5)).Push(0, 64).Versions.ToList();

        Assert.Equal(whole.Skip(20), new OperatorBench(Drop.Probability(0.5)).Push(20, 64).Versions);
        Assert.Equal(whole, new OperatorBench(Drop.Probability(0.5)).Push(0, 30).Restore().Push(30, 64).Versions);
        Assert.NotEqual(whole, new OperatorBench(Drop.Probability(0.5), seed: 2).Push(0, 64).Versions);
    }

    [Fact]
    public void A_lost_token_is_released()
    {
        var message = new MessagePool(Core.Messages.Kinds.WeightsMessages.Layout(1)).Rent(new(3)).Seal();
        new OperatorBench(Drop.Probability(1)).Push(message);

        Assert.Throws<InvalidOperationException>(() => message.Release());
    }

    [Fact]
    public void Absent_tokens_pass() => Assert.True(Assert.Single(new OperatorBench(Drop.Probability(1)).Push(Message.Absent(new(4))).Received).IsAbsent);
}
