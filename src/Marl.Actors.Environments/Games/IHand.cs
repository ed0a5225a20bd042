namespace Marl.Actors.Environments.Games;

/// <summary>
/// A state of a zero-sum game of two in turns, with chance and hidden cards: the rules, which the world and the tree share.
/// </summary>
internal interface IHand
{
    /// <summary>Who moves: player 0 or 1, <see cref="Mover.Chance"/>, or nobody (<see cref="Mover.Over"/>).</summary>
    int Turn { get; }

    /// <summary>What player 0 gets and player 1 loses; asked at the end only.</summary>
    double Gain { get; }

    /// <summary>What chance may do and how likely each is; asked at its turn only.</summary>
    IEnumerable<(double Probability, IHand Next)> Chances();

    /// <summary>The actions the rules allow who is to move, ascending.</summary>
    IReadOnlyList<int> Actions();

    /// <summary>The state after an allowed action.</summary>
    IHand After(int action);

    /// <summary>What who is to move knows, as text: states alike to it have the same.</summary>
    string Seen();

    /// <summary>Numbers in what a player observes.</summary>
    int Width { get; }

    /// <summary>What a player observes in the world of these rules.</summary>
    /// <param name="player">0 or 1.</param>
    /// <param name="row">To fill: <see cref="Width"/> numbers, all 0 before.</param>
    void Observe(int player, Span<float> row);
}

/// <summary>Turns that are no player's.</summary>
internal static class Mover
{
    /// <summary>Cards are dealt.</summary>
    public const int Chance = -1;

    /// <summary>The game has ended.</summary>
    public const int Over = -2;
}
