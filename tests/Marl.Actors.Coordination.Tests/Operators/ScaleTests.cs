using Marl.Actors.Coordination.Operators;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class ScaleTests
{
    private static readonly AgentSpec Agent = new("a", new Box(3), new Discrete(2));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_the_reward_is_multiplied(bool anyEnded)
    {
        var message = Steps(anyEnded, 5);
        var before = message.Block.ToArray();
        var received = Assert.Single(new OperatorBench(Scale.By(-0.5)).Push(message.Retain()).Received);

        Assert.Equal(message.Stamp, received.Stamp);
        Assert.Equal(message.Layout, received.Layout);
        Assert.Equal(before, message.Block.ToArray()); // a sent block is never written
        var reward = message.Layout.Offset(StepMessages.Reward)..message.Layout.Offset(StepMessages.Terminated);
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] * (i >= reward.Start.Value && i < reward.End.Value ? -0.5f : 1), received.Block[i]);
        }
    }

    [Fact]
    public void The_original_is_released_and_the_copies_come_from_a_pool()
    {
        var bench = new OperatorBench(Scale.By(2));
        var message = Steps(false, 1);
        bench.Push(message);
        bench.Received[0].Release();
        bench.Push(Steps(false, 2));

        Assert.Throws<InvalidOperationException>(() => message.Release());
        Assert.Same(bench.Received[0], bench.Received[1]);
    }

    [Fact]
    public void It_takes_steps_only()
    {
        Assert.True(Scale.Component.Accepts(StepMessages.Kind));
        Assert.False(Scale.Component.Accepts(WeightsMessages.Kind));
    }

    private static Message Steps(bool anyEnded, int update)
    {
        var message = Message.Create(StepMessages.Layout(2, Agent, fixedRoster: true, anyEnded), new(update));
        var block = message.WriteBlock();
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = i + 1;
        }

        return message.Seal();
    }
}
