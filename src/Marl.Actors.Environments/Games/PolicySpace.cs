namespace Marl.Actors.Environments.Games;

/// <summary>
/// Policy-space response oracles on a tree: from uniform play, both players' best responses to the other's mixture join what they
/// may mix, and a meta-solver says how they mix it. Lanctot et al., A unified game-theoretic approach to multiagent reinforcement
/// learning, NeurIPS 2017; with exact answers and the equilibrium as meta-solver it is the double oracle (McMahan et al. 2003).
/// </summary>
internal sealed class PolicySpace
{
    private readonly GameTree tree;
    private readonly Func<double[,], (double[] Rows, double[] Columns)> meta;
    private readonly List<double[]> policies; // a half of each for each player
    private readonly List<List<double>> payoffs = []; // [player 0's policy, player 1's]: what player 0 gets
    private double[] mixed;

    /// <summary>Begins with uniform play.</summary>
    /// <param name="tree">The game.</param>
    /// <param name="meta">From what player 0 gets for each pair of policies to how both mix theirs.</param>
    public PolicySpace(GameTree tree, Func<double[,], (double[] Rows, double[] Columns)> meta)
    {
        (this.tree, this.meta) = (tree, meta);
        policies = [tree.Uniform()];
        Pay();
        mixed = Mix();
    }

    /// <summary>Both mix by an equilibrium of what they have.</summary>
    public static (double[] Rows, double[] Columns) Nash(double[,] payoffs)
    {
        var (rows, columns, _) = ZeroSumProgram.Solve(payoffs);
        return (rows, columns);
    }

    /// <summary>Both play everything they have equally often: fictitious play.</summary>
    public static (double[] Rows, double[] Columns) Uniform(double[,] payoffs)
    {
        var (rows, columns) = (new double[payoffs.GetLength(0)], new double[payoffs.GetLength(1)]);
        Array.Fill(rows, 1.0 / rows.Length);
        Array.Fill(columns, 1.0 / columns.Length);
        return (rows, columns);
    }

    /// <summary>Both mix as replicators do on average over time.</summary>
    public static (double[] Rows, double[] Columns) Replicators(double[,] payoffs)
    {
        var other = new double[payoffs.GetLength(0), payoffs.GetLength(1)];
        for (var i = 0; i < payoffs.Length; i++)
        {
            var (row, column) = Math.DivRem(i, payoffs.GetLength(1));
            other[row, column] = -payoffs[row, column];
        }

        return new Replicator(payoffs, other).Average(time: 200, steps: 2000);
    }

    /// <summary>Both mixtures as one behaviour.</summary>
    public double[] Policy() => mixed;

    /// <summary>Best responses to the mixtures join, also those that are there already: a uniform meta-solver counts them.</summary>
    public void Iterate()
    {
        var answer = BestResponse.Both(tree, mixed);
        policies.Add(answer);
        Pay();
        mixed = Mix();
    }

    private void Pay()
    {
        for (var row = 0; row < policies.Count; row++)
        {
            if (row == payoffs.Count)
            {
                payoffs.Add([]);
            }

            while (payoffs[row].Count < policies.Count)
            {
                payoffs[row].Add(Exploitability.Value(tree, policies[row], policies[payoffs[row].Count]));
            }
        }
    }

    private double[] Mix()
    {
        var matrix = new double[policies.Count, policies.Count];
        for (var i = 0; i < matrix.Length; i++)
        {
            var (row, column) = Math.DivRem(i, policies.Count);
            matrix[row, column] = payoffs[row][column];
        }

        var (rows, columns) = meta(matrix);
        var mixture = new Mixture(tree);
        for (var k = 0; k < policies.Count; k++)
        {
            mixture.Add(policies[k], rows[k], columns[k]);
        }

        return mixture.Behaviour();
    }
}
