using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Tests.Acting;

public class ElementaryTests
{
    [Fact]
    public void Tanh_is_within_6_units_in_the_last_place()
    {
        var worst = 0.0;
        for (var i = -200_000; i <= 200_000; i++)
        {
            var x = i * 6e-5f;
            var expected = Math.Tanh(x);
            var error = Math.Abs(Elementary.Tanh<ScalarLanes, float>(x) - expected);
            worst = Math.Max(worst, error / Math.Max(MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected), float.Epsilon));
        }

        Assert.InRange(worst, 0.4, 6);
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, -1)]
    [InlineData(50, 1)]
    [InlineData(0, 0)]
    public void Tanh_has_its_limits(float x, float expected) => Assert.Equal(expected, Elementary.Tanh<ScalarLanes, float>(x), 3e-7f);

    [Fact]
    public void Exponentials_of_non_positive_numbers_are_exact_to_15_digits()
    {
        for (var x = -699.0; x <= 0; x += 0.0137)
        {
            Assert.Equal(1, Elementary.ExpOfNonPositive(x) / Math.Exp(x), 1e-15);
        }

        Assert.Equal(1, Elementary.ExpOfNonPositive(0));
        Assert.Equal(0, Elementary.ExpOfNonPositive(double.NegativeInfinity));
        Assert.True(double.IsNaN(Elementary.ExpOfNonPositive(double.NaN)));
    }

    [Fact]
    public void Logarithms_are_exact_to_15_digits()
    {
        for (var x = 1.0; x < 1e6; x *= 1.00123)
        {
            Assert.Equal(Math.Log(x), Elementary.Log(x), 1e-15 * Math.Max(1, Math.Log(x)));
            Assert.Equal(-Math.Log(x), Elementary.Log(1 / x), 1e-15 * Math.Max(1, Math.Log(x)));
        }

        Assert.Equal(0, Elementary.Log(1));
    }
}
