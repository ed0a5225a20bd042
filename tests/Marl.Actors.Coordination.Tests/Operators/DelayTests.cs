using Marl.Actors.Coordination.Operators;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class DelayTests
{
    [Theory]
    [InlineData(0, new[] { 0, 1, 2 })]
    [InlineData(2, new[] { -1, -1, 0, 1, 2 })]
    public void Absent_tokens_go_first(int steps, int[] expected) =>
        Assert.Equal(expected, new OperatorBench(Delay.Steps(steps)).Start().Push(0, 3).End().Versions);

    [Fact]
    public void Stamps_say_when_a_thing_was_said() => Assert.Equal([0, 0, 1, 2], new OperatorBench(Delay.Steps(1)).Start().Push(0, 3).Updates);

    [Fact]
    public void A_restored_delay_does_not_begin_again() =>
        Assert.Equal([-1, 0, 1], new OperatorBench(Delay.Steps(1)).Start().Push(0, 1).Restore().Push(1, 2).Versions);

    [Fact]
    public void It_opens_loops_and_needs_room()
    {
        var passing = Delay.Component.Passes(new Delay.Options(4));
        Assert.Equal((4, 4L), (passing.Start, passing.Ahead));
        Assert.True(Delay.Component.MakesAbsent);
    }
}
