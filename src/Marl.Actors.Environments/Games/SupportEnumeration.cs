using Marl.Actors.Core.Results;
using Marl.Actors.Environments.MatrixGames;

namespace Marl.Actors.Environments.Games;

/// <summary>How two agents play a matrix game when neither gains by playing otherwise.</summary>
/// <param name="First">How likely agent 0 takes each action.</param>
/// <param name="Second">The same of agent 1.</param>
/// <param name="Payoffs">What they receive on average.</param>
public sealed record Equilibrium(Values<double> First, Values<double> Second, (double First, double Second) Payoffs);

/// <summary>
/// The equilibria of a game of two agents in normal form, zero-sum or not, in which both mix equally many actions: all there are
/// unless the game is degenerate. For each pair of supports, what makes the other indifferent among its own is one system of
/// linear equations. Dickhaut, Kaplan 1991; Nisan et al., Algorithmic Game Theory, algorithm 3.4.
/// </summary>
internal static class SupportEnumeration
{
    private const double Tiny = 1e-9;

    /// <summary>The equilibria, by how many actions they mix; at most about 10 actions each, for there are 4^n pairs of supports.</summary>
    public static IEnumerable<Equilibrium> Of(Payoffs game)
    {
        for (var size = 1; size <= Math.Min(game.Rows, game.Columns); size++)
        {
            foreach (var rows in Supports(game.Rows, size))
            {
                foreach (var columns in Supports(game.Columns, size))
                {
                    if (Mixed(rows, columns, (row, column) => game.First[row, column], game.Columns) is { } second
                        && Mixed(columns, rows, (column, row) => game.Second[row, column], game.Rows) is { } first
                        && Best(game.Rows, rows, row => Mean(second, column => game.First[row, column])) is { } won
                        && Best(game.Columns, columns, column => Mean(first, row => game.Second[row, column])) is { } other)
                    {
                        yield return new(first.ToValues(), second.ToValues(), (won, other));
                    }
                }
            }
        }
    }

    // How one must mix its actions that the other's are worth the same; null where no mixture with all of them does.
    private static double[]? Mixed(int[] others, int[] own, Func<int, int, double> payoff, int count)
    {
        var size = own.Length;
        var table = new double[size, size + 1];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                table[i, j] = i == 0 ? 1 : payoff(others[i], own[j]) - payoff(others[0], own[j]);
            }
        }

        table[0, size] = 1;
        if (!IsSolved(table))
        {
            return null;
        }

        var mixed = new double[count];
        for (var j = 0; j < size; j++)
        {
            if (table[j, size] <= Tiny)
            {
                return null;
            }

            mixed[own[j]] = table[j, size];
        }

        return mixed;
    }

    // What the support is worth; null where an action outside is worth more.
    private static double? Best(int count, int[] support, Func<int, double> worth)
    {
        var value = worth(support[0]);
        for (var action = 0; action < count; action++)
        {
            if (worth(action) > value + (Tiny * Math.Max(1, Math.Abs(value))))
            {
                return null;
            }
        }

        return value;
    }

    private static double Mean(double[] mixed, Func<int, double> payoff)
    {
        var sum = 0.0;
        for (var i = 0; i < mixed.Length; i++)
        {
            sum += mixed[i] == 0 ? 0 : mixed[i] * payoff(i);
        }

        return sum;
    }

    // Gauss and Jordan, with the greatest pivots; false where there is no one solution.
    private static bool IsSolved(double[,] table)
    {
        var size = table.GetLength(0);
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(table[row, column]));
            if (Math.Abs(table[pivot, column]) < Tiny)
            {
                return false;
            }

            for (var j = 0; j <= size; j++)
            {
                (table[column, j], table[pivot, j]) = (table[pivot, j], table[column, j]);
            }

            for (var row = 0; row < size; row++)
            {
                var factor = row == column ? 0 : table[row, column] / table[column, column];
                for (var j = column; j <= size && factor != 0; j++)
                {
                    table[row, j] -= factor * table[column, j];
                }
            }
        }

        for (var row = 0; row < size; row++)
        {
            table[row, size] /= table[row, row];
        }

        return true;
    }

    // All choices of so many actions, ascending.
    private static IEnumerable<int[]> Supports(int count, int size, int from = 0)
    {
        if (size == 0)
        {
            return [[]];
        }

        return Enumerable.Range(from, Math.Max(0, count - size - from + 1)).SelectMany(first => Supports(count, size - 1, first + 1).Select(rest => (int[])[first, .. rest]));
    }
}
