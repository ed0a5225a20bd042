using Marl.Actors.Environments.Games;

namespace Marl.Actors.Environments.Poker;

/// <summary>
/// The rules of Kuhn poker. Both put 1 into the pot and get one of three cards (0 jack, 1 queen, 2 king); then in turns they
/// pass (0) or bet 1 (1), until both have passed, both have bet, or one has passed after a bet and loses the pot; otherwise
/// the higher card wins. Player 0 begins. Kuhn 1950.
/// </summary>
/// <param name="First">Player 0's card; −1 before the deal.</param>
/// <param name="Second">Player 1's card.</param>
/// <param name="Length">Moves made.</param>
/// <param name="Moves">One bit a move, 1 for a bet.</param>
internal readonly record struct KuhnHand(int First, int Second, int Length, int Moves) : IHand
{
    /// <summary>Jack, queen, king.</summary>
    public const int Cards = 3;

    /// <summary>The most moves: pass, bet, answer.</summary>
    public const int Longest = 3;

    /// <summary>The action that puts 1 into the pot; 0 passes.</summary>
    public const int Bet = 1;

    private static readonly int[] Both = [0, Bet];

    /// <summary>Before the deal.</summary>
    public static KuhnHand Start { get; } = new(-1, -1, 0, 0);

    /// <summary>After two moves only pass and bet goes on.</summary>
    public bool IsOver => Length == Longest || (Length == 2 && !(Moved(0) != Bet && Moved(1) == Bet));

    /// <inheritdoc/>
    public int Turn => First < 0 ? Mover.Chance : IsOver ? Mover.Over : Length % 2;

    /// <summary>The other's 1, or 2 where both have bet.</summary>
    public double Gain
    {
        get
        {
            var last = Length - 1;
            var (isCalled, isPassed) = (Moved(last) == Bet, Moved(last) == Moved(last - 1));
            var showdown = First > Second ? 1 : -1;
            return isCalled ? 2 * showdown
                : isPassed ? showdown
                : last % 2 == 0 ? -1 : 1; // who passes after a bet loses
        }
    }

    /// <summary>The action of a move that was made.</summary>
    public int Moved(int move) => (Moves >> move) & 1;

    /// <summary>The hand after a move.</summary>
    public KuhnHand With(int action) => this with { Length = Length + 1, Moves = Moves | (action << Length) };

    /// <inheritdoc/>
    public IHand After(int action) => With(action);

    /// <inheritdoc/>
    public IReadOnlyList<int> Actions() => Both;

    /// <summary>Six deals, all alike.</summary>
    public IEnumerable<(double Probability, IHand Next)> Chances()
    {
        for (var deal = 0; deal < Cards * (Cards - 1); deal++)
        {
            var first = deal / (Cards - 1);
            yield return (1.0 / (Cards * (Cards - 1)), Start with { First = first, Second = (first + 1 + (deal % (Cards - 1))) % Cards });
        }
    }

    /// <inheritdoc/>
    public int Width => 2 + Cards + (Longest * 2);

    /// <summary>Which player it is, its card, and the moves so far, everything one-hot (OpenSpiel's information state).</summary>
    public void Observe(int player, Span<float> row)
    {
        row[player] = 1;
        row[2 + (player == 0 ? First : Second)] = 1;
        WriteMoves(row[(2 + Cards)..]);
    }

    /// <summary>The moves so far: a row of two for each.</summary>
    public void WriteMoves(Span<float> row)
    {
        for (var move = 0; move < Length; move++)
        {
            row[(move * 2) + Moved(move)] = 1;
        }
    }

    /// <summary>The own card and the moves: <c>K pb</c>.</summary>
    public string Seen()
    {
        var hand = this;
        var moves = string.Concat(Enumerable.Range(0, Length).Select(m => hand.Moved(m) == Bet ? 'b' : 'p'));
        return $"{"JQK"[Turn == 0 ? First : Second]} {moves}".TrimEnd();
    }
}
