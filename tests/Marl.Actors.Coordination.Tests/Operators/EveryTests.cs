using Marl.Actors.Coordination.Operators;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Operators;

public sealed class EveryTests
{
    [Theory]
    [InlineData(1, 4, new[] { 0, 1, 2, 3 })]
    [InlineData(3, 7, new[] { 0, 3, 6 })]
    [InlineData(3, 8, new[] { 0, 3, 6, 7 })]
    [InlineData(3, 9, new[] { 0, 3, 6, 8 })]
    [InlineData(100, 1, new[] { 0 })]
    [InlineData(100, 5, new[] { 0, 4 })]
    [InlineData(5, 0, new int[0])]
    public void Every_kth_version_passes_and_the_last(int updates, int versions, int[] expected) =>
        Assert.Equal(expected, new OperatorBench(Every.Updates(updates)).Start().Push(0, versions).End().Versions);

    [Fact]
    public void Versions_let_go_are_released_and_passed_ones_are_not()
    {
        var pool = new Core.Messages.MessagePool(Core.Messages.Kinds.WeightsMessages.Layout(1));
        var bench = new OperatorBench(Every.Updates(3));
        for (var i = 0; i < 7; i++)
        {
            bench.Push(pool.Rent(new(i)).Seal());
        }

        var passed = bench.End().Received;
        passed.ForEach(m => m.Release());

        Assert.Equal(3, passed.Count);
        Assert.All(passed, m => Assert.Throws<InvalidOperationException>(() => m.Release()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_restored_one_goes_on_with_its_count_and_its_last_version(int at) => Assert.Equal(
        new OperatorBench(Every.Updates(4)).Push(0, 7).End().Versions,
        new OperatorBench(Every.Updates(4)).Push(0, at).Restore().Push(at, 7).End().Versions);

    [Fact]
    public void A_restored_one_still_passes_the_held_version_at_the_end() =>
        Assert.Equal([0, 2], new OperatorBench(Every.Updates(4)).Push(0, 3).Restore().End().Versions);

    [Fact]
    public void It_states_its_rate() => Assert.Equal((1, 7), Every.Component.Passes(new Every.Options(7)).Rate);
}
