using Marl.Actors.Environments.Games;

namespace Marl.Actors.Environments.Poker;

/// <summary>
/// The rules of Leduc hold'em for two. Six cards, two each of jack (0), queen (1) and king (2). Both put 1 into the pot and
/// get a card; after a first round of bets a public card is shown, after a second the cards are. In turns a player folds (0,
/// only against a raise), calls or checks (1), or raises (2): by 2 in the first round and 4 in the second, twice a round at
/// most. Player 0 begins both rounds. Who folds loses what it put in; else who pairs the public card wins, then the higher
/// card; equals split. Southey et al., UAI 2005; actions as OpenSpiel's <c>leduc_poker</c>. Cards are ranks: suits mean nothing.
/// </summary>
/// <param name="First">Player 0's rank; −1 before the deal.</param>
/// <param name="Second">Player 1's rank.</param>
/// <param name="Public">The public card's rank; −1 while it is hidden.</param>
/// <param name="Opening">The first round's moves, two bits each, the oldest lowest: an action and 1, so that 0 is no move.</param>
/// <param name="Closing">The second round's moves.</param>
internal readonly record struct LeducHand(int First, int Second, int Public, int Opening, int Closing) : IHand
{
    /// <summary>Jack, queen, king.</summary>
    public const int Ranks = 3;

    /// <summary>Cards of a rank.</summary>
    public const int Suits = 2;

    /// <summary>The most moves of a round: check, raise, raise, call.</summary>
    public const int Longest = 4;

    /// <summary>Fold, call, raise.</summary>
    public const int Choices = 3;

    /// <summary>Gives up the pot.</summary>
    public const int Fold = 0;

    /// <summary>Puts in what the other has, or nothing.</summary>
    public const int Call = 1;

    /// <summary>Puts in more than the other has.</summary>
    public const int Raise = 2;

    private const int MostRaises = 2;

    /// <summary>Before the deal.</summary>
    public static LeducHand Start { get; } = new(-1, -1, -1, 0, 0);

    /// <inheritdoc/>
    public int Turn =>
        First < 0 ? Mover.Chance
        : HasFolded(Opening) || HasFolded(Closing) || IsSettled(Closing) ? Mover.Over
        : !IsSettled(Opening) ? Length(Opening) % 2
        : Public < 0 ? Mover.Chance
        : Length(Closing) % 2;

    /// <inheritdoc/>
    public double Gain
    {
        get
        {
            // Both have put in the same but for the last raise that a fold left unanswered.
            var stake = 1 + (2 * Answered(Opening)) + (4 * Answered(Closing));
            var last = Length(Opening) - 1;
            return HasFolded(Opening) ? stake * (last % 2 == 0 ? -1 : 1)
                : HasFolded(Closing) ? stake * ((Length(Closing) - 1) % 2 == 0 ? -1 : 1)
                : stake * Math.Sign(Strength(First) - Strength(Second));
        }
    }

    /// <summary>Whether an action is allowed to who is to move.</summary>
    public bool Allows(int action)
    {
        var round = Public < 0 ? Opening : Closing;
        return action switch
        {
            Fold => Last(round) == Raise,
            Raise => Raises(round) < MostRaises,
            _ => true,
        };
    }

    /// <summary>The hand after a move.</summary>
    public LeducHand With(int action) => Public < 0
        ? this with { Opening = Opening | ((action + 1) << (2 * Length(Opening))) }
        : this with { Closing = Closing | ((action + 1) << (2 * Length(Closing))) };

    /// <summary>The action of a round's move; −1 when there was none.</summary>
    public static int Moved(int round, int move) => ((round >> (2 * move)) & 3) - 1;

    /// <inheritdoc/>
    public IHand After(int action) => With(action);

    /// <inheritdoc/>
    public IReadOnlyList<int> Actions() => [.. Enumerable.Range(0, Choices).Where(Allows)];

    /// <summary>Both players' ranks, or the public card's.</summary>
    public IEnumerable<(double Probability, IHand Next)> Chances()
    {
        if (First >= 0)
        {
            for (var rank = 0; rank < Ranks; rank++)
            {
                if (Left(rank) > 0)
                {
                    yield return (Left(rank) / ((Ranks * Suits) - 2.0), this with { Public = rank });
                }
            }

            yield break;
        }

        for (var deal = 0; deal < Ranks * Ranks; deal++)
        {
            var (first, second) = (deal / Ranks, deal % Ranks);
            var others = (Ranks * Suits) - 1.0;
            yield return (1.0 / Ranks * (first == second ? Suits - 1 : Suits) / others, Start with { First = first, Second = second });
        }
    }

    /// <summary>The own card, the public one and the moves: <c>K crc Q r</c>.</summary>
    public string Seen()
    {
        var own = "JQK"[Turn == 0 ? First : Second];
        return (Public < 0 ? $"{own} {Text(Opening)}" : $"{own} {Text(Opening)} {"JQK"[Public]} {Text(Closing)}").TrimEnd();
    }

    /// <inheritdoc/>
    public int Width => 2 + (2 * Ranks) + (2 * Longest * 2);

    /// <summary>
    /// Which player it is, its card, the public card once it is shown, and the moves of both rounds, call or raise (a fold ends the
    /// game), everything one-hot; as OpenSpiel's information state, with ranks in the place of cards.
    /// </summary>
    public void Observe(int player, Span<float> row)
    {
        row[player] = 1;
        row[2 + (player == 0 ? First : Second)] = 1;
        WriteCommon(row[(2 + Ranks)..]);
    }

    /// <summary>What both see: the public card and the moves of both rounds.</summary>
    public void WriteCommon(Span<float> row)
    {
        if (Public >= 0)
        {
            row[Public] = 1;
        }

        Write(Opening, row[Ranks..]);
        Write(Closing, row[(Ranks + (2 * Longest))..]);
    }

    private static void Write(int round, Span<float> row)
    {
        for (var move = 0; move < Length(round); move++)
        {
            if (Moved(round, move) != Fold)
            {
                row[(2 * move) + Moved(round, move) - Call] = 1;
            }
        }
    }

    private static string Text(int round) => string.Concat(Enumerable.Range(0, Length(round)).Select(m => "fcr"[Moved(round, m)]));

    private static int Length(int round) => (32 - int.LeadingZeroCount(round) + 1) / 2;

    private static int Last(int round) => round == 0 ? -1 : Moved(round, Length(round) - 1);

    private static bool HasFolded(int round) => Last(round) == Fold;

    // A call ends a round, but for the check that begins it.
    private static bool IsSettled(int round) => Last(round) == Call && Length(round) > 1;

    private static int Raises(int round)
    {
        var raises = 0;
        for (var move = 0; move < Longest; move++)
        {
            raises += Moved(round, move) == Raise ? 1 : 0;
        }

        return raises;
    }

    private static int Answered(int round) => Raises(round) - (HasFolded(round) ? 1 : 0);

    private int Left(int rank) => Suits - (First == rank ? 1 : 0) - (Second == rank ? 1 : 0);

    private int Strength(int rank) => rank == Public ? Ranks : rank;
}
