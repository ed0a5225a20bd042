namespace Marl.Actors.Environments.Games;

/// <summary>
/// The equilibrium of a zero-sum matrix game as a linear program (Dantzig 1951): with all payoffs positive, the columns' player
/// has max Σy under A·y ≤ 1, y ≥ 0, the rows' player its dual; the value is 1 / Σy. By the simplex method with Bland's rule,
/// which never runs in circles.
/// </summary>
internal static class ZeroSumProgram
{
    private const double Tiny = 1e-11;

    /// <summary>Solves a game.</summary>
    /// <param name="payoffs">[rows, columns]: what the rows' player receives.</param>
    /// <returns>How likely each row and column is played, and what the rows' player gets.</returns>
    public static (double[] Rows, double[] Columns, double Value) Solve(double[,] payoffs)
    {
        var (rows, columns) = (payoffs.GetLength(0), payoffs.GetLength(1));
        var shift = 1 - payoffs.Cast<double>().Min();
        var table = new double[rows + 1, columns + rows + 1]; // the last row is the objective, the last column the right side
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                table[row, column] = payoffs[row, column] + shift;
            }

            (table[row, columns + row], table[row, columns + rows]) = (1, 1);
        }

        for (var column = 0; column < columns; column++)
        {
            table[rows, column] = -1;
        }

        var basis = Enumerable.Range(columns, rows).ToArray();
        while (Entering(table) is >= 0 and var entering)
        {
            var leaving = Leaving(table, basis, entering);
            Pivot(table, leaving, entering);
            basis[leaving] = entering;
        }

        var sum = table[rows, columns + rows];
        var (first, second) = (new double[rows], new double[columns]);
        for (var row = 0; row < rows; row++)
        {
            first[row] = Math.Max(0, table[rows, columns + row]) / sum;
            if (basis[row] < columns)
            {
                second[basis[row]] = Math.Max(0, table[row, columns + rows]) / sum;
            }
        }

        return (first, second, (1 / sum) - shift);
    }

    private static int Entering(double[,] table)
    {
        var objective = table.GetLength(0) - 1;
        for (var column = 0; column < table.GetLength(1) - 1; column++)
        {
            if (table[objective, column] < -Tiny)
            {
                return column;
            }
        }

        return -1;
    }

    // The least ratio; of equal ones the lowest variable. There is always one: the program is bounded, as all payoffs are positive.
    private static int Leaving(double[,] table, int[] basis, int entering)
    {
        var right = table.GetLength(1) - 1;
        var (best, least) = (-1, double.PositiveInfinity);
        for (var row = 0; row < basis.Length; row++)
        {
            if (table[row, entering] > Tiny)
            {
                var ratio = table[row, right] / table[row, entering];
                if (ratio < least - Tiny || (ratio <= least + Tiny && basis[row] < basis[best]))
                {
                    (best, least) = (row, Math.Min(ratio, least));
                }
            }
        }

        return best;
    }

    private static void Pivot(double[,] table, int leaving, int entering)
    {
        var (height, width) = (table.GetLength(0), table.GetLength(1));
        var unit = table[leaving, entering];
        for (var column = 0; column < width; column++)
        {
            table[leaving, column] /= unit;
        }

        for (var row = 0; row < height; row++)
        {
            if (row == leaving || table[row, entering] == 0)
            {
                continue;
            }

            var factor = table[row, entering];
            for (var column = 0; column < width; column++)
            {
                table[row, column] -= factor * table[leaving, column];
            }
        }
    }
}
