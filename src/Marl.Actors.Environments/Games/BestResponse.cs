namespace Marl.Actors.Environments.Games;

/// <summary>A player's best answer to the other's policy, exactly. Of equally good actions it takes the lowest.</summary>
internal sealed class BestResponse
{
    private const double Tie = 1e-12; // sums in another order must not turn a tie

    private readonly GameTree tree;
    private readonly double[] policy;
    private readonly int player;
    private readonly double[] reaches; // [nodes]: how likely chance and the other come here
    private readonly int[] chosen;     // [sets]: −1 where nothing has been chosen yet

    /// <summary>Finds it.</summary>
    /// <param name="tree">The game; the player remembers what it saw and did.</param>
    /// <param name="policy">A policy of which the other player's half counts.</param>
    /// <param name="player">Who answers.</param>
    public BestResponse(GameTree tree, double[] policy, int player)
    {
        (this.tree, this.policy, this.player) = (tree, policy, player);
        reaches = new double[tree.Nodes.Length];
        chosen = new int[tree.Sets.Length];
        Array.Fill(chosen, -1);
        reaches[0] = 1;
        for (var number = 0; number < reaches.Length; number++)
        {
            var node = tree.Nodes[number];
            for (var i = 0; i < node.Next.Length; i++)
            {
                reaches[node.Next[i]] = reaches[number] * Likely(node, i);
            }
        }

        Value = ValueOf(0);
    }

    /// <summary>What the player gets with it on average.</summary>
    public double Value { get; }

    /// <summary>A policy of which each half is the best answer to the other half of what is given.</summary>
    public static double[] Both(GameTree tree, double[] policy)
    {
        var answer = new double[tree.Width];
        new BestResponse(tree, policy, 0).Write(answer);
        new BestResponse(tree, policy, 1).Write(answer);
        return answer;
    }

    /// <summary>Writes it into a policy: the player's half, certain; the other's stays.</summary>
    public void Write(double[] answer)
    {
        for (var set = 0; set < tree.Sets.Length; set++)
        {
            if (tree.Sets[set].Player == player)
            {
                var (offset, count) = (tree.Sets[set].Offset, tree.Sets[set].Actions.Length);
                Array.Clear(answer, offset, count);
                answer[offset + Best(set)] = 1;
            }
        }
    }

    private double Likely(Node node, int i) =>
        node.Turn == Mover.Chance ? node.Chances[i]
        : node.Turn == player ? 1
        : policy[tree.Sets[node.Set].Offset + i];

    private double ValueOf(int number)
    {
        var node = tree.Nodes[number];
        if (node.Turn == Mover.Over)
        {
            return player == 0 ? node.Gain : -node.Gain;
        }

        if (node.Turn == player)
        {
            return ValueOf(node.Next[Best(node.Set)]);
        }

        var value = 0.0;
        for (var i = 0; i < node.Next.Length; i++)
        {
            var likely = Likely(node, i);
            value += likely == 0 ? 0 : likely * ValueOf(node.Next[i]);
        }

        return value;
    }

    // What the player knows is the same in all states of a set, so it is one choice for all of them.
    private int Best(int set)
    {
        if (chosen[set] >= 0)
        {
            return chosen[set];
        }

        var (best, most) = (0, double.NegativeInfinity);
        for (var action = 0; action < tree.Sets[set].Actions.Length; action++)
        {
            var value = 0.0;
            foreach (var member in tree.Members[set])
            {
                value += reaches[member] == 0 ? 0 : reaches[member] * ValueOf(tree.Nodes[member].Next[action]);
            }

            if (value > most + Tie)
            {
                (best, most) = (action, value);
            }
        }

        return chosen[set] = best;
    }
}
