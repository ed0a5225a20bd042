namespace Marl.Actors.Environments.Games;

/// <summary>
/// Behaviour that plays as a mixture of policies does, of which one is drawn before the game: at an information set each counts
/// by how likely its player comes there with it (Kuhn 1953; Heinrich, Lanctot, Silver, ICML 2015, lemma 6).
/// </summary>
/// <param name="tree">The game; players remember what they saw and did.</param>
internal sealed class Mixture(GameTree tree)
{
    private readonly double[] sums = new double[tree.Width];
    private readonly double[] reaches = new double[tree.Nodes.Length]; // how likely a player comes there, as far as it is its doing

    /// <summary>The behaviour that mixes policies.</summary>
    /// <param name="tree">The game.</param>
    /// <param name="policies">At least one.</param>
    /// <param name="weights">How likely each is drawn, by both players; any positive sum.</param>
    public static double[] Of(GameTree tree, IReadOnlyList<double[]> policies, IReadOnlyList<double> weights)
    {
        var mixture = new Mixture(tree);
        for (var k = 0; k < policies.Count; k++)
        {
            mixture.Add(policies[k], weights[k], weights[k]);
        }

        return mixture.Behaviour();
    }

    /// <summary>A policy joins.</summary>
    /// <param name="policy">It.</param>
    /// <param name="first">Its weight in what player 0 mixes; 0 or more.</param>
    /// <param name="second">Its weight in what player 1 mixes.</param>
    public void Add(double[] policy, double first = 1, double second = 1)
    {
        Add(policy, player: 0, first);
        Add(policy, player: 1, second);
    }

    /// <summary>The mixture of those so far; uniform where none of them comes.</summary>
    public double[] Behaviour()
    {
        var mixed = new double[tree.Width];
        foreach (var set in tree.Sets)
        {
            CounterfactualRegret.Normalise(sums.AsSpan(set.Offset, set.Actions.Length), mixed.AsSpan(set.Offset, set.Actions.Length));
        }

        return mixed;
    }

    private void Add(double[] policy, int player, double weight)
    {
        if (weight <= 0)
        {
            return;
        }

        Reach(policy, player);
        for (var number = 0; number < tree.Sets.Length; number++)
        {
            var set = tree.Sets[number];
            var likely = weight * reaches[tree.Members[number][0]]; // the same in all states of the set
            for (var action = set.Offset; set.Player == player && action < set.Offset + set.Actions.Length; action++)
            {
                sums[action] += likely * policy[action];
            }
        }
    }

    private void Reach(double[] policy, int player)
    {
        reaches[0] = 1;
        for (var number = 0; number < reaches.Length; number++)
        {
            var node = tree.Nodes[number];
            for (var i = 0; i < node.Next.Length; i++)
            {
                reaches[node.Next[i]] = reaches[number] * (node.Turn == player ? policy[tree.Sets[node.Set].Offset + i] : 1);
            }
        }
    }
}
