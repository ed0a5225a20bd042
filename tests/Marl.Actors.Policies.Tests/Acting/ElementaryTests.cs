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
        double[] x = [.. Enumerable.Range(0, 50_003).Select(i => -0.0137 * i)];
        var powers = (double[])x.Clone();
        Elementary.ExpOfNonPositive(powers);
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i] < -700 ? 0 : Math.Exp(x[i]), powers[i], 1e-15 * Math.Exp(x[i]));
        }
    }

    [Fact]
    public void Exponentials_have_their_limits()
    {
        double[] values = [0, -0.0, double.NegativeInfinity, double.NaN, -1e300];
        Elementary.ExpOfNonPositive(values);
        Assert.Equal([1, 1, 0, double.NaN, 0], values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Exponentials_do_not_depend_on_the_place_in_the_row(int skipped)
    {
        double[] all = [.. Enumerable.Range(0, 23).Select(i => -0.731 * i)];
        var part = all[skipped..];
        Elementary.ExpOfNonPositive(all);
        Elementary.ExpOfNonPositive(part);
        Assert.Equal(all[skipped..], part);
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
