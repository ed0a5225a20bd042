using System.Text.Json;
using Marl.Actors.Environments.Games;
using Xunit;

namespace Marl.Actors.Environments.Tests.Games;

/// <summary>Linear programs and replicators, held to recorded figures.</summary>
public sealed class MetaGameTests
{
    [Theory]
    [InlineData("matching_pennies")]
    [InlineData("rps")]
    [InlineData("random_zero_sum_4x5_0")]
    public void The_linear_program_finds_the_recorded_equilibrium(string name)
    {
        var recorded = GoldenGames.Nash.GetProperty(name);
        var (rows, columns, value) = ZeroSumProgram.Solve(recorded.GetProperty("A").Matrix());
        var equilibrium = recorded.GetProperty("zero_sum_lp");

        Assert.Equal(equilibrium.GetProperty("value").GetDouble(), value, 9);
        Near(equilibrium.GetProperty("row").Vector(), rows);
        Near(equilibrium.GetProperty("col").Vector(), columns);
    }

    [Fact]
    public void Nobody_gains_by_leaving_what_the_linear_program_finds()
    {
        var random = new Core.Randomness.RandomStream(7);
        for (var game = 0; game < 50; game++)
        {
            var payoffs = new double[1 + random.NextInt(9), 1 + random.NextInt(9)];
            for (var i = 0; i < payoffs.Length; i++)
            {
                payoffs[i / payoffs.GetLength(1), i % payoffs.GetLength(1)] = random.NextInt(7) - 3; // many ties
            }

            var (rows, columns, value) = ZeroSumProgram.Solve(payoffs);
            Assert.Equal(1, rows.Sum(), 9);
            Assert.Equal(1, columns.Sum(), 9);
            Assert.All(Enumerable.Range(0, rows.Length), r => Assert.True(columns.Select((p, c) => p * payoffs[r, c]).Sum() <= value + 1e-9));
            Assert.All(Enumerable.Range(0, columns.Length), c => Assert.True(rows.Select((p, r) => p * payoffs[r, c]).Sum() >= value - 1e-9));
        }
    }

    [Fact]
    public void Replicators_move_as_recorded()
    {
        var dilemma = GoldenGames.Dynamics.GetProperty("pd_asymmetric_replicator");
        Follows(new(dilemma.GetProperty("A").Matrix(), dilemma.GetProperty("B").Matrix()), dilemma, "x0", "y0");

        var scissors = GoldenGames.Dynamics.GetProperty("rps_replicator_single_population");
        var own = scissors.GetProperty("A").Matrix();
        var turned = new double[3, 3];
        for (var i = 0; i < 9; i++)
        {
            turned[i / 3, i % 3] = own[i % 3, i / 3];
        }

        Follows(new(own, turned), scissors, "y0", "y0");
    }

    [Fact]
    public void Replicators_circle_around_the_equilibrium_and_average_to_it()
    {
        double[,] game = { { 0, -25, 50 }, { 25, 0, -5 }, { -50, 5, 0 } }, other = { { 0, 25, -50 }, { -25, 0, 5 }, { 50, -5, 0 } };
        var (rows, columns) = new Replicator(game, other).Average(time: 2000, steps: 10_000);

        foreach (var (expected, found) in ((double[])[1 / 16.0, 10 / 16.0, 5 / 16.0]).Zip(rows).Concat(((double[])[1 / 16.0, 10 / 16.0, 5 / 16.0]).Zip(columns)))
        {
            Assert.Equal(expected, found, 0.01);
        }
    }

    private static void Follows(Replicator replicator, JsonElement recorded, string rows, string columns)
    {
        var times = recorded.GetProperty("t").Vector();
        double[] shares = [.. recorded.GetProperty(rows).Vector(), .. recorded.GetProperty(columns).Vector()];
        for (var i = 0; i < times.Length; i++)
        {
            shares = i == 0 ? shares : replicator.After(shares, times[i] - times[i - 1], steps: 50);
            var x = recorded.GetProperty("x")[i].Vector();
            Near(x, shares[..x.Length]);
            if (recorded.TryGetProperty("y", out var y))
            {
                Near(y[i].Vector(), shares[x.Length..]);
            }
        }
    }

    private static void Near(double[] expected, double[] found) => Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 2e-6)); // as exact as what was recorded
}
