namespace Marl.Actors.Analysis.Communication;

/// <summary>
/// How often the values of two variables met, and what that says about each other, in nats. Everything is estimated from the
/// counts (plug-in), from N observations.
/// </summary>
internal sealed class JointCounts
{
    private readonly int[] cells; // [rows, columns]
    private readonly int[] byRow;
    private readonly int[] byColumn;

    /// <summary>No observation yet.</summary>
    public JointCounts(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        (cells, byRow, byColumn) = (new int[rows * columns], new int[rows], new int[columns]);
    }

    /// <summary>Values of the first variable.</summary>
    public int Rows { get; }

    /// <summary>Values of the second.</summary>
    public int Columns { get; }

    /// <summary>Observations, N.</summary>
    public int Count { get; private set; }

    /// <summary>The pairs of two sequences of codes.</summary>
    public static JointCounts Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int rows, int columns)
    {
        var counts = new JointCounts(rows, columns);
        counts.Fill(first, second);
        return counts;
    }

    /// <summary>Observations of a pair.</summary>
    public int this[int row, int column] => cells[(row * Columns) + column];

    /// <summary>Observations of a value of the first variable.</summary>
    public int Row(int row) => byRow[row];

    /// <summary>Observations of a value of the second.</summary>
    public int Column(int column) => byColumn[column];

    /// <summary>Counts anew.</summary>
    public void Fill(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Array.Clear(cells);
        Array.Clear(byRow);
        Array.Clear(byColumn);
        Count = first.Length;
        for (var i = 0; i < first.Length; i++)
        {
            cells[(first[i] * Columns) + second[i]]++;
            byRow[first[i]]++;
            byColumn[second[i]]++;
        }
    }

    /// <summary>H of the first variable.</summary>
    public double RowEntropy => Entropy(byRow);

    /// <summary>H of the second.</summary>
    public double ColumnEntropy => Entropy(byColumn);

    /// <summary>I = H(first) + H(second) − H(both), at least 0.</summary>
    public double Information => Math.Max(0, Entropy(byRow) + Entropy(byColumn) - Entropy(cells));

    /// <summary>
    /// I with the bias of the counts taken off. Miller, Note on the bias of information estimates, 1955: an entropy is estimated
    /// (K − 1) / 2N too low, K being the values that occurred; so I loses (K_both − K_first − K_second + 1) / 2N. Held to what
    /// information can be: at least 0, at most the smaller of the two entropies.
    /// </summary>
    public double CorrectedInformation
    {
        get
        {
            if (Count == 0)
            {
                return double.NaN;
            }

            var excess = (Occurring(cells) - Occurring(byRow) - Occurring(byColumn) + 1) / (2.0 * Count);
            return Math.Clamp(Information - excess, 0, Math.Max(0, Math.Min(RowEntropy, ColumnEntropy)));
        }
    }

    private double Entropy(int[] counts)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        foreach (var count in counts)
        {
            sum += count > 0 ? count * Math.Log(count) : 0;
        }

        return Math.Log(Count) - (sum / Count);
    }

    private static int Occurring(int[] counts) => counts.AsSpan().Length - counts.AsSpan().Count(0);
}
