namespace Marl.Actors.Environments.Games;

/// <summary>
/// A zero-sum game of two written out: every state it can come to, in the order in which play meets them (a state before what
/// follows it), and the information sets, the states that who is to move can't tell apart. A behaviour policy is one array
/// for both players: the probability of each action of each information set, at <see cref="InformationSet.Offset"/>.
/// </summary>
internal sealed class GameTree
{
    private GameTree(IReadOnlyList<Node> nodes, IReadOnlyList<InformationSet> sets)
    {
        (Nodes, Sets) = ([.. nodes], [.. sets]);
        Width = Sets.Sum(s => s.Actions.Length);
        Members = [.. Sets.Select(_ => new List<int>())];
        for (var node = 0; node < Nodes.Length; node++)
        {
            if (Nodes[node].Set >= 0)
            {
                Members[Nodes[node].Set].Add(node);
            }
        }
    }

    /// <summary>States; the first is the beginning.</summary>
    public Node[] Nodes { get; }

    /// <summary>Information sets of both players.</summary>
    public InformationSet[] Sets { get; }

    /// <summary>The states of each information set.</summary>
    public List<int>[] Members { get; }

    /// <summary>The length of a policy.</summary>
    public int Width { get; }

    /// <summary>Every allowed action alike.</summary>
    public double[] Uniform() => PolicyOf((_, count, _) => 1.0 / count);

    /// <summary>The lowest allowed action.</summary>
    public double[] FirstActions() => PolicyOf((_, _, action) => action == 0 ? 1 : 0);

    /// <summary>Writes out the game that begins with a state.</summary>
    public static GameTree Of(IHand start)
    {
        var (nodes, sets, numbers) = (new List<Node>(), new List<InformationSet>(), new Dictionary<(int, string), int>());
        var width = 0;
        Grow(start);
        return new(nodes, sets);

        int Grow(IHand hand)
        {
            var number = nodes.Count;
            nodes.Add(new(hand.Turn, -1, [], [], 0));
            nodes[number] = hand.Turn switch
            {
                Mover.Over => new(hand.Turn, -1, [], [], hand.Gain),
                Mover.Chance => ByChance([.. hand.Chances()]),
                _ => ByPlayer(hand),
            };
            return number;
        }

        Node ByChance((double Probability, IHand Next)[] chances) =>
            new(Mover.Chance, -1, [.. chances.Select(c => Grow(c.Next))], [.. chances.Select(c => c.Probability)], 0);

        Node ByPlayer(IHand hand)
        {
            var (key, actions) = ((hand.Turn, hand.Seen()), hand.Actions());
            if (!numbers.TryGetValue(key, out var set))
            {
                numbers[key] = set = sets.Count;
                var observation = new float[hand.Width];
                hand.Observe(hand.Turn, observation);
                sets.Add(new(hand.Turn, key.Item2, [.. actions], width, observation));
                width += actions.Count;
            }

            return new(hand.Turn, set, [.. actions.Select(a => Grow(hand.After(a)))], [], 0);
        }
    }

    private double[] PolicyOf(Func<InformationSet, int, int, double> probability)
    {
        var policy = new double[Width];
        foreach (var set in Sets)
        {
            for (var action = 0; action < set.Actions.Length; action++)
            {
                policy[set.Offset + action] = probability(set, set.Actions.Length, action);
            }
        }

        return policy;
    }
}

/// <summary>A state.</summary>
/// <param name="Turn">As <see cref="IHand.Turn"/>.</param>
/// <param name="Set">The information set of who is to move; −1 when no player is.</param>
/// <param name="Next">What may follow, by action or chance.</param>
/// <param name="Chances">How likely each is, at chance's turn.</param>
/// <param name="Gain">What player 0 gets, at the end.</param>
internal sealed record Node(int Turn, int Set, int[] Next, double[] Chances, double Gain);

/// <summary>States that a player can't tell apart.</summary>
/// <param name="Player">Who is to move.</param>
/// <param name="Seen">What it knows.</param>
/// <param name="Actions">The actions the rules allow, ascending.</param>
/// <param name="Offset">Where its first probability stands in a policy.</param>
/// <param name="Observation">What the player observes there in the world.</param>
internal sealed record InformationSet(int Player, string Seen, int[] Actions, int Offset, float[] Observation);
