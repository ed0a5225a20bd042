namespace Marl.Actors.Coordination.Auctions.Mechanisms;

/// <summary>
/// The assignment of rows to columns with the greatest sum of values; each gets at most one of the other, and nobody is assigned
/// for nothing. Shortest augmenting paths over reduced costs (Jonker, Volgenant, A shortest augmenting path algorithm for dense and
/// sparse linear assignment problems, Computing 1987), O(rows² · columns). Ties go the same way every time.
/// </summary>
public sealed class AssignmentSolver
{
    /// <summary>Nothing is assigned.</summary>
    public const int None = -1;

    private readonly int rows;
    private readonly int columns;
    private readonly int width;            // columns, filled up so that every row finds one
    private readonly double[] rowPrices;
    private readonly double[] prices;      // of columns; the last is the root of every path
    private readonly int[] rowOf;          // of columns
    private readonly int[] previous;       // column before, on the shortest path
    private readonly double[] distances;
    private readonly bool[] isDone;

    /// <summary>Room for problems of that size.</summary>
    public AssignmentSolver(int rows, int columns)
    {
        (this.rows, this.columns, width) = (rows, columns, Math.Max(rows, columns));
        rowPrices = new double[rows];
        prices = new double[width + 1];
        rowOf = new int[width + 1];
        previous = new int[width];
        distances = new double[width];
        isDone = new bool[width + 1];
    }

    /// <summary>Solves one problem.</summary>
    /// <param name="values">What each pair is worth [rows, columns]; what is worth nothing or less is never assigned.</param>
    /// <param name="assigned">To fill: the column of each row, or <see cref="None"/>.</param>
    /// <param name="without">A row that takes no part; <see cref="None"/> for all.</param>
    /// <returns>The sum of the values.</returns>
    public double Solve(ReadOnlySpan<double> values, Span<int> assigned, int without = None)
    {
        Array.Clear(rowPrices);
        Array.Clear(prices);
        Array.Fill(rowOf, None);
        for (var row = 0; row < rows; row++)
        {
            if (row != without)
            {
                Augment(values, row);
            }
        }

        assigned[..rows].Fill(None);
        var sum = 0.0;
        for (var column = 0; column < columns; column++)
        {
            var row = rowOf[column];
            if (row != None && values[(row * columns) + column] > 0)
            {
                assigned[row] = column;
                sum += values[(row * columns) + column];
            }
        }

        return sum;
    }

    // One more row enters along the cheapest path to a free column; prices keep reduced costs at 0 or above.
    private void Augment(ReadOnlySpan<double> values, int row)
    {
        Array.Fill(distances, double.PositiveInfinity);
        Array.Clear(isDone);
        rowOf[width] = row;
        var column = width;
        while (rowOf[column] != None)
        {
            isDone[column] = true;
            var (from, nearest, least) = (rowOf[column], None, double.PositiveInfinity);
            for (var next = 0; next < width; next++)
            {
                if (isDone[next])
                {
                    continue;
                }

                var cost = Cost(values, from, next) - rowPrices[from] - prices[next];
                if (cost < distances[next])
                {
                    (distances[next], previous[next]) = (cost, column);
                }

                if (distances[next] < least)
                {
                    (least, nearest) = (distances[next], next);
                }
            }

            for (var next = 0; next <= width; next++)
            {
                if (isDone[next])
                {
                    rowPrices[rowOf[next]] += least;
                    prices[next] -= least;
                }
                else
                {
                    distances[next] -= least;
                }
            }

            column = nearest;
        }

        while (column != width)
        {
            rowOf[column] = rowOf[previous[column]];
            column = previous[column];
        }
    }

    private double Cost(ReadOnlySpan<double> values, int row, int column) =>
        column < columns ? -Math.Max(0, values[(row * columns) + column]) : 0;
}
