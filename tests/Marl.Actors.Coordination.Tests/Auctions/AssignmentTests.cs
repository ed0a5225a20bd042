using Google.OrTools.Graph;
using Marl.Actors.Coordination.Auctions.Mechanisms;
using Marl.Actors.Core.Randomness;
using Xunit;

namespace Marl.Actors.Coordination.Tests.Auctions;

public sealed class AssignmentTests
{
    [Fact]
    public void A_thousand_small_problems_are_solved_as_by_trying_everything()
    {
        var random = RandomKey.FromSeed(1).Stream();
        for (var i = 0; i < 1000; i++)
        {
            var (rows, columns) = (1 + random.NextInt(5), 1 + random.NextInt(5));
            var values = Drawn.Values(rows * columns, ref random);
            var assigned = new int[rows];

            var sum = new AssignmentSolver(rows, columns).Solve(values, assigned);

            Assert.Equal(Drawn.Best(values, rows, columns), sum, 1e-12);
            Assert.Equal(sum, Enumerable.Range(0, rows).Where(r => assigned[r] >= 0).Sum(r => values[(r * columns) + assigned[r]]), 1e-12);
            Assert.Distinct(assigned.Where(a => a >= 0));
        }
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(25, 60)]
    public void Large_problems_are_solved_as_by_OR_Tools(int rows, int columns)
    {
        // OR-Tools takes whole numbers and square problems: rows without a value fill it up.
        var random = RandomKey.FromSeed(2).Stream();
        var solver = new AssignmentSolver(rows, columns);
        for (var i = 0; i < 20; i++)
        {
            var values = new double[rows * columns];
            var reference = new LinearSumAssignment();
            for (var arc = 0; arc < columns * columns; arc++)
            {
                var value = arc < values.Length ? (long)random.NextInt(100_000) : 0;
                if (arc < values.Length)
                {
                    values[arc] = value;
                }

                reference.AddArcWithCost(arc / columns, arc % columns, -value);
            }

            Assert.Equal(LinearSumAssignment.Status.OPTIMAL, reference.Solve());
            Assert.Equal(-reference.OptimalCost(), solver.Solve(values, new int[rows]));
        }
    }

    [Fact]
    public void Uniform_values_come_to_the_known_mean()
    {
        // 1 − U(0, 1) is U(0, 1): the least cost of 100 by 100.
        var random = RandomKey.FromSeed(3).Stream();
        var solver = new AssignmentSolver(100, 100);
        var costs = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var values = new double[100 * 100];
            for (var j = 0; j < values.Length; j++)
            {
                values[j] = random.NextDouble();
            }

            costs.Add(100 - solver.Solve(values, new int[100]));
        }

        Assert.InRange(costs.Average(), 1.611 - 0.05, 1.611 + 0.05); // measured by another program; greedy choices cost 3.9
    }

    [Fact]
    public void What_is_worth_nothing_is_not_assigned()
    {
        var assigned = new int[2];

        Assert.Equal(3, new AssignmentSolver(2, 2).Solve([3, 0, 0, -1], assigned));
        Assert.Equal([0, AssignmentSolver.None], assigned);
    }
}
