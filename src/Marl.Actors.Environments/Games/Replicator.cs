namespace Marl.Actors.Environments.Games;

/// <summary>
/// Replicator dynamics of two populations (Taylor 1979): dxᵢ/dt = xᵢ((A·y)ᵢ − x·A·y) and dyⱼ/dt = yⱼ((x·B)ⱼ − x·B·y), by the
/// classical Runge-Kutta method. One population playing itself is B = Aᵀ and y = x. In zero-sum games what converges is the
/// average over time.
/// </summary>
/// <param name="first">A: [rows, columns], what the rows' player receives.</param>
/// <param name="second">B: likewise, the columns' player.</param>
internal sealed class Replicator(double[,] first, double[,] second)
{
    private readonly int rows = first.GetLength(0);
    private readonly int columns = first.GetLength(1);

    /// <summary>Both populations some time later.</summary>
    /// <param name="shares">Shares of the rows, then of the columns.</param>
    /// <param name="time">How much later.</param>
    /// <param name="steps">In how many steps.</param>
    public double[] After(double[] shares, double time, int steps)
    {
        var (now, h) = ((double[])shares.Clone(), time / steps);
        for (var step = 0; step < steps; step++)
        {
            var k1 = Slope(now);
            var k2 = Slope(Along(now, k1, h / 2));
            var k3 = Slope(Along(now, k2, h / 2));
            var k4 = Slope(Along(now, k3, h));
            for (var i = 0; i < now.Length; i++)
            {
                now[i] += h / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i]);
            }
        }

        return now;
    }

    /// <summary>Both populations on average over some time, from equal shares.</summary>
    /// <param name="time">How long, in units of the greatest payoff's.</param>
    /// <param name="steps">In how many steps.</param>
    public (double[] Rows, double[] Columns) Average(double time, int steps)
    {
        var greatest = Math.Max(first.Cast<double>().Max(Math.Abs), second.Cast<double>().Max(Math.Abs));
        var (sums, now) = (new double[rows + columns], new double[rows + columns]);
        now.AsSpan(0, rows).Fill(1.0 / rows);
        now.AsSpan(rows).Fill(1.0 / columns);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < now.Length; i++)
            {
                sums[i] += now[i] / steps;
            }

            now = After(now, time / steps / Math.Max(greatest, 1e-9), 1);
        }

        return (sums[..rows], sums[rows..]);
    }

    private static double[] Along(double[] from, double[] slope, double h) => [.. from.Zip(slope, (x, d) => x + (h * d))];

    private double[] Slope(double[] shares)
    {
        var (gains, values) = (new double[shares.Length], new double[2]);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                gains[row] += first[row, column] * shares[rows + column];
                gains[rows + column] += second[row, column] * shares[row];
            }
        }

        for (var i = 0; i < shares.Length; i++)
        {
            values[i < rows ? 0 : 1] += shares[i] * gains[i];
        }

        return [.. shares.Select((share, i) => share * (gains[i] - values[i < rows ? 0 : 1]))];
    }
}
