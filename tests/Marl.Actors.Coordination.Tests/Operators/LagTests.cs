using Marl.Actors.Coordination.Operators;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class LagTests
{
    [Theory]
    [InlineData(0, new[] { 0, 1, 2, 3 })]
    [InlineData(1, new[] { 0, 0, 1, 2, 3 })]
    [InlineData(3, new[] { 0, 0, 0, 0, 1, 2, 3 })]
    public void The_first_version_is_read_n_extra_times(int updates, int[] expected) =>
        Assert.Equal(expected, new OperatorBench(Lag.Updates(updates)).Start().Push(0, 4).End().Versions);

    [Fact]
    public void Stamps_stay_those_of_the_versions() =>
        Assert.Equal([0, 0, 0, 1], new OperatorBench(Lag.Updates(2)).Start().Push(0, 2).Updates);

    [Fact]
    public void A_restored_lag_does_not_repeat_again() =>
        Assert.Equal([0, 0, 0, 1, 2], new OperatorBench(Lag.Updates(2)).Start().Push(0, 1).Restore().Push(1, 3).Versions);

    [Fact]
    public void Every_copy_carries_a_reference_of_its_own()
    {
        var bench = new OperatorBench(Lag.Updates(2)).Start().Push(0, 1);

        bench.Received.ForEach(m => m.Release());

        Assert.Equal(3, bench.Received.Count);
        Assert.Throws<InvalidOperationException>(() => bench.Received[0].Release());
    }

    [Fact]
    public void It_leaves_n_tokens_standing_and_none_for_zero()
    {
        Assert.Equal(3, Lag.Component.Passes(new Lag.Options(3)).Ahead);
        Assert.True(Lag.Component.IsIdentity(new Lag.Options(0)));
        Assert.False(Lag.Component.IsIdentity(new Lag.Options(1)));
        Assert.Equal(0, Lag.Component.Passes(new Lag.Options(3)).Start);
    }
}
