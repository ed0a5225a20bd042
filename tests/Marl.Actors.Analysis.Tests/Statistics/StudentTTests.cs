using Marl.Actors.Analysis.Statistics;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Statistics;

public sealed class StudentTTests
{
    // The usual tables (Abramowitz and Stegun, table 26.10), with more digits.
    [Theory]
    [InlineData(0.975, 3, 3.182446305284263)]
    [InlineData(0.975, 4, 2.7764451051977934)]
    [InlineData(0.975, 9, 2.2621571627409915)]
    [InlineData(0.975, 30, 2.0422724563012373)]
    [InlineData(0.975, 100, 1.9839715185235556)]
    [InlineData(0.025, 4, -2.7764451051977934)]
    public void Quantiles_agree_with_the_tables(double probability, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degrees), 1e-10);

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(0.975)]
    [InlineData(0.9995)]
    public void Quantiles_agree_with_the_closed_forms(double probability)
    {
        var cauchy = Math.Tan(Math.PI * (probability - 0.5));
        var two = (2 * probability - 1) * Math.Sqrt(2 / (4 * probability * (1 - probability)));

        Assert.Equal(1, StudentT.Quantile(probability, 1) / cauchy, 1e-11);
        Assert.Equal(1, StudentT.Quantile(probability, 2) / two, 1e-11);
    }

    /// <summary>Abramowitz and Stegun 26.7.3 and 26.7.4, for ν = 5 and ν = 10.</summary>
    [Theory]
    [InlineData(-1.2)]
    [InlineData(0.4)]
    [InlineData(2.015)]
    [InlineData(6)]
    public void The_distribution_agrees_with_the_finite_sums(double t)
    {
        var odd = Math.Atan(t / Math.Sqrt(5));
        var five = 0.5 + ((odd + (Math.Sin(odd) * (Math.Cos(odd) + (2 / 3.0 * Math.Pow(Math.Cos(odd), 3))))) / Math.PI);
        var even = Math.Atan(t / Math.Sqrt(10));
        var c = Math.Pow(Math.Cos(even), 2);
        var ten = 0.5 + (0.5 * Math.Sin(even) * (1 + (c / 2) + (3 / 8.0 * c * c) + (15 / 48.0 * c * c * c) + (105 / 384.0 * c * c * c * c)));

        Assert.Equal(five, StudentT.Distribution(t, 5), 1e-14);
        Assert.Equal(ten, StudentT.Distribution(t, 10), 1e-14);
    }

    [Fact]
    public void Many_degrees_of_freedom_approach_the_normal_distribution() =>
        Assert.Equal(1.959963984540054, StudentT.Quantile(0.975, 1e7), 1e-6);

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(19)]
    [InlineData(319)]
    [InlineData(5000)]
    public void The_quantile_undoes_the_distribution(double degrees)
    {
        foreach (var t in (double[])[-3.5, -0.7, 0, 0.3, 1, 2.2, 4])
        {
            Assert.Equal(t, StudentT.Quantile(StudentT.Distribution(t, degrees), degrees), 1e-9);
        }
    }

    [Fact]
    public void The_gamma_function_gives_factorials_and_the_root_of_pi()
    {
        var logFactorial = 0.0;
        for (var n = 1; n <= 60; n++)
        {
            Assert.Equal(logFactorial, StudentT.LogGamma(n), 1e-11);
            logFactorial += Math.Log(n);
        }

        Assert.Equal(0.5 * Math.Log(Math.PI), StudentT.LogGamma(0.5), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, 3));
}
