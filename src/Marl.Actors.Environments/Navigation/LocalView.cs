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

    private readonly double reach = sight * sight;
    private readonly double unit = Math.Max(sight, double.Epsilon);
    private readonly int radius = (int)Math.Ceiling(sight);

    /// <summary>A coordinate, −1 to 1 over the field.</summary>
    public float Normal(double coordinate) => (float)((2 * coordinate / side) - 1);

    /// <summary>Writes the row of an agent of one copy; it is all 0.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="agents">All of the copy.</param>
    /// <param name="cells">Likewise.</param>
    /// <param name="row">To fill.</param>
    public void Write(int agent, ReadOnlySpan<Standing> agents, ReadOnlySpan<Cell> cells, Span<float> row)
    {
        var (x, y) = (agents[agent].X, agents[agent].Y);
        (row[0], row[1]) = (Normal(x), Normal(y));
        var (column, line) = ((int)x, (int)y);
        var (left, right) = (Math.Max(0, column - radius), Math.Min(side - 1, column + radius));
        var (top, bottom) = (Math.Max(0, line - radius), Math.Min(side - 1, line + radius));
        var (landmarks, others, free) = (new TwoNearest(), new TwoNearest(), 0);
        for (var i = top; i <= bottom; i++)
        {
            for (var index = (i * side) + left; index <= (i * side) + right; index++)
            {
                ref readonly var cell = ref cells[index];
                var distance = Squared(cell.X - x, cell.Y - y);
                if (distance <= reach)
                {
                    landmarks.See(index, distance);
                    free += IsFree(cell, agent) ? 1 : 0;
                }

                for (var other = cell.First; other >= 0; other = agents[other].Next)
                {
                    distance = Squared(agents[other].X - x, agents[other].Y - y);
                    if (distance <= reach && other != agent)
                    {
                        others.See(other, distance);
                    }
                }
            }
        }

        row[2] = (float)free / Math.Max(1, (bottom - top + 1) * (right - left + 1));
        ShowLandmark(row[FirstLandmark..], landmarks.First, agent, x, y, cells);
        ShowLandmark(row[(FirstLandmark + 4)..], landmarks.Second, agent, x, y, cells);
        ShowAgent(row[FirstAgent..], others.First, x, y, agents);
        ShowAgent(row[(FirstAgent + 3)..], others.Second, x, y, agents);
    }

    private static bool IsFree(in Cell cell, int agent) => cell.Owner < 0 || cell.Owner == agent;

    private static double Squared(double dx, double dy) => (dx * dx) + (dy * dy);

    private void ShowLandmark(Span<float> target, int index, int agent, double x, double y, ReadOnlySpan<Cell> cells)
    {
        if (index >= 0)
        {
            ref readonly var cell = ref cells[index];
            (target[0], target[1]) = (1, IsFree(cell, agent) ? 1 : 0);
            Point(target[2..], cell.X - x, cell.Y - y);
        }
    }

    private void ShowAgent(Span<float> target, int other, double x, double y, ReadOnlySpan<Standing> agents)
    {
        if (other >= 0)
        {
            target[0] = 1;
            Point(target[1..], agents[other].X - x, agents[other].Y - y);
        }
    }

    private void Point(Span<float> target, double dx, double dy) => (target[0], target[1]) = ((float)(dx / unit), (float)(dy / unit));
}
