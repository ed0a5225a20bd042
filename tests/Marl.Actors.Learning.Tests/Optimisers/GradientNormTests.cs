using Marl.Actors.Learning.Optimisers;

namespace Marl.Actors.Learning.Tests.Optimisers;

public sealed class GradientNormTests
{
    [Fact]
    public void Norm_is_the_root_of_the_sum_of_squares()
    {
        var gradient = Enumerable.Range(1, 100).Select(i => (float)i).ToArray();
        Assert.Equal(Math.Sqrt(338350), GradientNorm.Of(gradient), 9);
    }

    [Theory]
    [InlineData(20, 10, 0.5)]
    [InlineData(5, 10, 1)]
    [InlineData(20, 0, 1)]
    public void Factor_brings_a_longer_gradient_to_the_bound(double norm, double maximum, double factor) =>
        Assert.Equal(factor, GradientNorm.ClipFactor(norm, maximum), 5);

    [Fact]
    public void One_entry_that_is_not_a_number_shows() => Assert.True(double.IsNaN(GradientNorm.Of([1, 2, float.NaN])));
}
