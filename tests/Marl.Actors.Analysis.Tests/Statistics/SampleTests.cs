using Marl.Actors.Analysis.Statistics;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Statistics;

public sealed class SampleTests
{
    [Fact]
    public void The_figures_of_a_small_sample_are_those_of_the_textbook()
    {
        // By hand: squares of deviations 9 1 1 1 0 0 4 16 sum to 32, over 7; t(0.975, 7) = 2.364624.
        var sample = Sample.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(8, sample.Count);
        Assert.Equal(5, sample.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(32 / 7.0), sample.StandardDeviation, 1e-12);
        Assert.Equal(4.5, sample.Median, 1e-12);
        Assert.Equal(2.364624251592785 * Math.Sqrt(32 / 7.0) / Math.Sqrt(8), sample.High - sample.Mean, 1e-9);
        Assert.Equal(sample.Mean - sample.Low, sample.High - sample.Mean, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 7 }, 7)]
    public void The_median_is_the_middle(double[] values, double expected) => Assert.Equal(expected, Sample.Of(values).Median);

    [Fact]
    public void One_value_has_a_mean_but_no_spread()
    {
        var sample = Sample.Of([3.5]);

        Assert.Equal(3.5, sample.Mean);
        Assert.Equal(double.NaN, sample.StandardDeviation);
        Assert.Equal(double.NaN, sample.Low);
        Assert.Equal(double.NaN, sample.High);
    }

    [Fact]
    public void No_value_has_nothing()
    {
        var sample = Sample.Of([]);

        Assert.Equal(0, sample.Count);
        Assert.Equal(double.NaN, sample.Mean);
        Assert.Equal(double.NaN, sample.Median);
    }

    [Fact]
    public void The_interval_covers_the_true_mean_95_times_in_100()
    {
        // 4,000 samples of 5 normal numbers: the count of covering intervals has standard deviation 14.
        var stream = Core.Randomness.RandomKey.FromSeed(7).Stream();
        var covered = 0;
        for (var i = 0; i < 4000; i++)
        {
            var sample = Sample.Of([Draw(), Draw(), Draw(), Draw(), Draw()]);
            covered += sample.Low <= 10 && sample.High >= 10 ? 1 : 0;
        }

        Assert.InRange(covered, 3800 - 56, 3800 + 56);

        double Draw() => 10 + (3 * stream.NextNormal());
    }
}
