namespace Marl.Actors.Environments.Games;

/// <summary>
/// Counterfactual regret minimisation over the whole tree. Zinkevich et al., NeurIPS 2007; CFR+ as Tammelin 2014: regrets
/// never fall below 0 and the average weighs iteration t by t. In an iteration player 0 updates its regrets, then player 1
/// against the policy that came of them (alternating updates), as OpenSpiel's <c>cfr</c> does. What converges is the average.
/// In long runs rounding decides late digits (a regret that is 0 but for it decides an action), so its order is OpenSpiel's too:
/// how likely the other and how likely chance comes to a state are multiplied apart, and a state neither player comes to is left.
/// </summary>
internal sealed class CounterfactualRegret
{
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
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>One iteration: both players once.</summary>
    public void Iterate()
    {
        Iterations++;
        for (var player = 0; player < 2; player++)
        {
            Visit(0, player, own: 1, other: 1, chance: 1);
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
    private double Visit(int number, int player, double own, double other, double chance)
    {
        var node = tree.Nodes[number];
        if (node.Turn == Mover.Over)
        {
            return player == 0 ? node.Gain : -node.Gain;
        }

        if (node.Turn == Mover.Chance)
        {
            var expected = 0.0;
            for (var i = 0; i < node.Next.Length; i++)
            {
                expected += node.Chances[i] * Visit(node.Next[i], player, own, other, chance * node.Chances[i]);
            }

            return expected;
        }

        if (own == 0 && other == 0)
        {
            return 0; // what leads here is never done: nobody counts it
        }

        var offset = tree.Sets[node.Set].Offset;
        if (node.Turn != player)
        {
            var expected = 0.0;
            for (var i = 0; i < node.Next.Length; i++)
            {
                expected += policy[offset + i] * Visit(node.Next[i], player, own, other * policy[offset + i], chance);
            }

            return expected;
        }

        Span<double> values = stackalloc double[node.Next.Length];
        var value = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Visit(node.Next[i], player, own * policy[offset + i], other, chance);
            value += policy[offset + i] * values[i];
        }

        for (var i = 0; i < values.Length; i++)
        {
            regrets[offset + i] += other * chance * (values[i] - value);
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
