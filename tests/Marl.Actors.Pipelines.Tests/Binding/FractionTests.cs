using Marl.Actors.Pipelines.Graphs;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Binding;

public sealed class FractionTests
{
    [Fact]
    public void Fractions_are_kept_in_lowest_terms()
    {
        Assert.Equal(new Fraction(2, 3), new Fraction(4, 6));
        Assert.Equal(new Fraction(0), new Fraction(0, 7));
        Assert.Equal("3/4", (new Fraction(1, 2) * new Fraction(3, 2)).ToString());
        Assert.Equal("5", (new Fraction(5, 2) / new Fraction(1, 2)).ToString());
        Assert.Equal(12, Fraction.Lcm(4, 6));
    }

    [Fact]
    public void Products_cancel_before_they_overflow_and_say_so_when_they_do()
    {
        var large = new Fraction(long.MaxValue);
        Assert.Equal(new Fraction(1), large * new Fraction(1, long.MaxValue));
        Assert.Throws<OverflowException>(() => large * large);
        Assert.Throws<OverflowException>(() => Fraction.Lcm(long.MaxValue, long.MaxValue - 1));
    }
}
