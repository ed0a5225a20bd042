namespace Marl.Actors.Environments.Games;

/// <summary>
/// Behaviour that plays as a mixture of policies does, of which one is drawn before the game: at an information set each counts
/// by how likely its player comes there with it (Kuhn's theorem; Heinrich, Lanctot, Silver, ICML 2015, theorem 7).
/// </summary>
internal static class Mixture
{
    /// <summary>Mixes both players' halves alike.</summary>
    /// <param name="tree">The game; players remember what they saw and did.</param>
    /// <param name="policies">At least one.</param>
    /// <param name="weights">How likely each is drawn; any positive sum.</param>
    /// <returns>The behaviour; uniform where no policy comes.</returns>
    public static double[] Of(GameTree tree, IReadOnlyList<double[]> policies, IReadOnlyList<double> weights)
    {
        var mixed = tree.Uniform();
        for (var player = 0; player < 2; player++)
        {
            Write(tree, policies, weights, player, mixed);
        }

        return mixed;
    }

    /// <summary>Writes a player's half of a mixture into a policy.</summary>
    public static void Write(GameTree tree, IReadOnlyList<double[]> policies, IReadOnlyList<double> weights, int player, double[] into)
    {
        var sums = new double[tree.Width];
        var reaches = new double[tree.Nodes.Length];
        for (var k = 0; k < policies.Count; k++)
        {
            if (weights[k] <= 0)
            {
                continue;
            }

            Reach(tree, policies[k], player, reaches);
            foreach (var (set, number) in tree.Sets.Select((s, i) => (s, i)).Where(p => p.s.Player == player))
            {
                var likely = weights[k] * reaches[tree.Members[number][0]]; // the same in all states of the set
                for (var action = set.Offset; action < set.Offset + set.Actions.Length; action++)
                {
                    sums[action] += likely * policies[k][action];
                }
            }
        }

        foreach (var set in tree.Sets.Where(s => s.Player == player))
        {
            CounterfactualRegret.Normalise(sums.AsSpan(set.Offset, set.Actions.Length), into.AsSpan(set.Offset, set.Actions.Length));
        }
    }

    // How likely a player comes to each state, as far as that is its own doing.
    private static void Reach(GameTree tree, double[] policy, int player, double[] reaches)
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
