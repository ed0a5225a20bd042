using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Learning.Tests.Optimisers;

public sealed class SchedulesTests
{
    [Theory]
    [InlineData(0, 0.002)]
    [InlineData(50, 0.001)]
    [InlineData(100, 0)]
    [InlineData(120, 0)]
    public void Linear_goes_to_zero_over_the_run(long update, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Linear.At(0.002, update, 100), 12);

    [Fact]
    public void Constant_stays() => Assert.Equal(0.002, LearningRateSchedule.Constant.At(0.002, 77, 100));

    [Fact]
    public void A_run_without_an_end_does_not_decay() => Assert.Equal(0.002, LearningRateSchedule.Linear.At(0.002, 5, long.MaxValue), 12);
}
