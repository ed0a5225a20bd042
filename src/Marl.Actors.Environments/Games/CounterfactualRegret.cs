namespace Marl.Actors.Environments.Games;

/// <summary>
/// Counterfactual regret minimisation over the whole tree. Zinkevich et al., NeurIPS 2007; CFR+ as Tammelin 2014: regrets
/// never fall below 0 and the average weighs iteration t by t. In an iteration player 0 updates its regrets, then player 1
/// against the policy that came of them (alternating updates), as OpenSpiel's <c>cfr</c> does. What converges is the average;
/// its sums begin at 1e-6, as OpenSpiel's do, which is uniform where play has not come and decides recorded sixth digits.
/// </summary>
internal sealed class CounterfactualRegret
{
    private const double Beginning = 1e-6;

    private readonly GameTree tree;
    private readonly bool isPlus;
    private readonly double[] policy;  // as a policy: what regrets say now
    private readonly double[] regrets;
    private readonly double[] sums;    // of policies by own reach (and iteration)

    /// <summary>Begins with no regrets: a uniform policy.</summary>
    /// <param name="tree">The game.</param>
    /// <param name="isPlus">CFR+.</param>
    public CounterfactualRegret(GameTree tree, bool isPlus)
    {
        (this.tree, this.isPlus) = (tree, isPlus);
        (policy, regrets, sums) = (tree.Uniform(), new double[tree.Width], new double[tree.Width]);
        Array.Fill(sums, Beginning);
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>One iteration: both players once.</summary>
    public void Iterate()
    {
        Iterations++;
        for (var player = 0; player < 2; player++)
        {
            Visit(0, player, own: 1, others: 1);
            Follow(player);
        }
    }

    /// <summary>The average policy; uniform where play has not come.</summary>
    public double[] Average()
    {
        var average = tree.Uniform();
        foreach (var set in tree.Sets)
        {
            Normalise(sums.AsSpan(set.Offset, set.Actions.Length), average.AsSpan(set.Offset, set.Actions.Length));
        }

        return average;
    }

    /// <summary>Shares proportional to the positive weights; equal ones when there are none.</summary>
    internal static void Normalise(ReadOnlySpan<double> weights, Span<double> shares)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += Math.Max(0, weight);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = sum > 0 ? Math.Max(0, weights[i]) / sum : 1.0 / shares.Length;
        }
    }

    // What the player gets from here, and on the way the regrets of its information sets.
    private double Visit(int number, int player, double own, double others)
    {
        var node = tree.Nodes[number];
        if (node.Turn == Mover.Over)
        {
            return player == 0 ? node.Gain : -node.Gain;
        }

        var offset = node.Set < 0 ? 0 : tree.Sets[node.Set].Offset;
        if (node.Turn != player)
        {
            var expected = 0.0;
            for (var i = 0; i < node.Next.Length; i++)
            {
                var likely = node.Turn == Mover.Chance ? node.Chances[i] : policy[offset + i];
                expected += likely * Visit(node.Next[i], player, own, others * likely);
            }

            return expected;
        }

        Span<double> values = stackalloc double[node.Next.Length];
        var value = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Visit(node.Next[i], player, own * policy[offset + i], others);
            value += policy[offset + i] * values[i];
        }

        for (var i = 0; i < values.Length; i++)
        {
            regrets[offset + i] += others * (values[i] - value);
            sums[offset + i] += (isPlus ? Iterations : 1) * own * policy[offset + i];
        }

        return value;
    }

    // Regret matching: actions in proportion to their positive regrets.
    private void Follow(int player)
    {
        foreach (var set in tree.Sets)
        {
            if (set.Player != player)
            {
                continue;
            }

            var own = regrets.AsSpan(set.Offset, set.Actions.Length);
            for (var i = 0; isPlus && i < own.Length; i++)
            {
                own[i] = Math.Max(0, own[i]);
            }

            Normalise(own, policy.AsSpan(set.Offset, set.Actions.Length));
        }
    }
}
