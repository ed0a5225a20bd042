namespace Marl.Actors.Environments.Navigation;

/// <summary>
/// What an agent of team navigation sees around it: where it is, −1 to 1 over the field; the share of landmarks in sight that
/// nobody else covers; of the two nearest landmarks whether there is one, whether nobody else covers it, and the way to it;
/// of the two nearest agents whether there is one and the way to it. Ways are in units of the sight.
/// </summary>
internal sealed class LocalView(int side, double sight)
{
    /// <summary>Floats of a row.</summary>
    public const int Width = 3 + (Nearest * 4) + (Nearest * 3);

    private const int Nearest = 2;
    private const int FirstLandmark = 3;
    private const int FirstAgent = FirstLandmark + (Nearest * 4);

    private readonly double[] distances = new double[Nearest];
    private readonly int[] found = new int[Nearest];
    private readonly int radius = (int)Math.Ceiling(sight);

    /// <summary>A coordinate, −1 to 1 over the field.</summary>
    public float Normal(double coordinate) => (float)((2 * coordinate / side) - 1);

    /// <summary>Writes the row of an agent of one copy; it is all 0.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="x">[agents].</param>
    /// <param name="y">[agents].</param>
    /// <param name="landmarkX">[cells].</param>
    /// <param name="landmarkY">[cells].</param>
    /// <param name="covered">[cells]: by whom.</param>
    /// <param name="cells">Who stands in which cell.</param>
    /// <param name="row">To fill.</param>
    public void Write(
        int agent,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> landmarkX,
        ReadOnlySpan<double> landmarkY,
        ReadOnlySpan<int> covered,
        Occupants cells,
        Span<float> row)
    {
        (row[0], row[1]) = (Normal(x[agent]), Normal(y[agent]));
        Begin();
        var (column, line) = ((int)x[agent], (int)y[agent]);
        var (left, right) = (Math.Max(0, column - radius), Math.Min(side - 1, column + radius));
        var (top, bottom) = (Math.Max(0, line - radius), Math.Min(side - 1, line + radius));
        var free = 0;
        for (var i = top; i <= bottom; i++)
        {
            for (var j = left; j <= right; j++)
            {
                var cell = (i * side) + j;
                if (See(cell, landmarkX[cell] - x[agent], landmarkY[cell] - y[agent]))
                {
                    free += IsFree(covered[cell], agent) ? 1 : 0;
                }
            }
        }

        row[2] = (float)free / Math.Max(1, (bottom - top + 1) * (right - left + 1));
        for (var k = 0; k < Nearest && found[k] >= 0; k++)
        {
            var cell = found[k];
            Point(row[(FirstLandmark + (4 * k) + 2)..], landmarkX[cell] - x[agent], landmarkY[cell] - y[agent]);
            (row[FirstLandmark + (4 * k)], row[FirstLandmark + (4 * k) + 1]) = (1, IsFree(covered[cell], agent) ? 1 : 0);
        }

        Begin();
        for (var i = top; i <= bottom; i++)
        {
            for (var j = left; j <= right; j++)
            {
                for (var other = cells.First((i * side) + j); other >= 0; other = cells.After(other))
                {
                    if (other != agent)
                    {
                        See(other, x[other] - x[agent], y[other] - y[agent]);
                    }
                }
            }
        }

        for (var k = 0; k < Nearest && found[k] >= 0; k++)
        {
            row[FirstAgent + (3 * k)] = 1;
            Point(row[(FirstAgent + (3 * k) + 1)..], x[found[k]] - x[agent], y[found[k]] - y[agent]);
        }
    }

    private static bool IsFree(int owner, int agent) => owner < 0 || owner == agent;

    private void Begin()
    {
        found.AsSpan().Fill(-1);
        distances.AsSpan().Fill(double.PositiveInfinity);
    }

    // Keeps the nearest; of several equally near the one with the lowest number.
    private bool See(int which, double dx, double dy)
    {
        var distance = (dx * dx) + (dy * dy);
        if (distance > sight * sight)
        {
            return false;
        }

        for (var k = 0; k < Nearest; k++)
        {
            if (distance < distances[k] || (distance == distances[k] && which < found[k]))
            {
                (distances[k], distance) = (distance, distances[k]);
                (found[k], which) = (which, found[k]);
            }
        }

        return true;
    }

    private void Point(Span<float> target, double dx, double dy)
    {
        var unit = Math.Max(sight, double.Epsilon);
        (target[0], target[1]) = ((float)(dx / unit), (float)(dy / unit));
    }
}
