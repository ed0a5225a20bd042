using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.MatrixGames;

/// <summary>A game of two agents in normal form.</summary>
/// <param name="First">[action of agent 0, action of agent 1]: what agent 0 receives.</param>
/// <param name="Second">Likewise, what agent 1 receives.</param>
internal sealed record Payoffs(double[,] First, double[,] Second)
{
    /// <summary>Actions of agent 0.</summary>
    public int Rows => First.GetLength(0);

    /// <summary>Actions of agent 1.</summary>
    public int Columns => First.GetLength(1);

    /// <summary>Both receive the same table, or each their own.</summary>
    public RewardConvention Convention => ReferenceEquals(First, Second) ? RewardConvention.TeamMean : RewardConvention.PerAgent;

    /// <summary>What one receives is what the other loses.</summary>
    public bool IsZeroSum => First.Cast<double>().Zip(Second.Cast<double>()).All(p => p.First + p.Second == 0);

    /// <summary>The climbing game: 11 is the best, but missing it costs 30. Claus, Boutilier, AAAI 1998, figure 3.</summary>
    public static Payoffs Climbing { get; } = Common(new double[,]
    {
        { 11, -30, 0 },
        { -30, 7, 0 },
        { 0, 6, 5 },
    });

    /// <summary>The prisoner's dilemma: stay silent (0) or defect (1).</summary>
    public static Payoffs PrisonersDilemma { get; } = new(
        new double[,]
        {
            { -1, -3 },
            { 0, -2 },
        },
        new double[,]
        {
            { -1, 0 },
            { -3, -2 },
        });

    /// <summary>A coordination game: equal choices are paid, and the first better than the second.</summary>
    public static Payoffs Coordination { get; } = Common(new double[,]
    {
        { 2, 0 },
        { 0, 1 },
    });

    /// <summary>
    /// The game that no sum of the agents' values and no monotonic mixture can represent: 8 for both taking the first action,
    /// −12 for one of them alone. Son et al., ICML 2019 (QTRAN), table 1a.
    /// </summary>
    public static Payoffs Qtran { get; } = Common(new double[,]
    {
        { 8, -12, -12 },
        { -12, 0, 0 },
        { -12, 0, 0 },
    });

    /// <summary>Chicken: give way (0) or dare (1). The payoffs of Aumann 1987, whose correlated equilibria pay up to 5.25.</summary>
    public static Payoffs Chicken { get; } = Symmetric(new double[,]
    {
        { 6, 2 },
        { 7, 0 },
    });

    /// <summary>The stag hunt: stag (0), which takes both, or hare (1).</summary>
    public static Payoffs StagHunt { get; } = Symmetric(new double[,]
    {
        { 4, 1 },
        { 3, 2 },
    });

    /// <summary>Matching pennies: agent 0 wins if both choose alike, agent 1 otherwise.</summary>
    public static Payoffs MatchingPennies { get; } = ZeroSum(new double[,]
    {
        { 1, -1 },
        { -1, 1 },
    });

    /// <summary>Rock (0), paper (1), scissors (2).</summary>
    public static Payoffs RockPaperScissors { get; } = ZeroSum(new double[,]
    {
        { 0, -1, 1 },
        { 1, 0, -1 },
        { -1, 1, 0 },
    });

    /// <summary>
    /// Rock (0), paper (1), scissors (2) with unequal stakes: the equilibrium is (1/16, 10/16, 5/16), of value 0. The biased game
    /// with which self-play that answers the newest opponent only is seen to cycle.
    /// </summary>
    public static Payoffs BiasedRockPaperScissors { get; } = ZeroSum(new double[,]
    {
        { 0, -25, 50 },
        { 25, 0, -5 },
        { -50, 5, 0 },
    });

    /// <summary>The safe half of the two-step game. Rashid et al., ICML 2018, table 1.</summary>
    public static Payoffs TwoStepSafe { get; } = Common(new double[,]
    {
        { 7, 7 },
        { 7, 7 },
    });

    /// <summary>The half of the two-step game that needs coordination. Rashid et al., ICML 2018, table 1.</summary>
    public static Payoffs TwoStepRisky { get; } = Common(new double[,]
    {
        { 0, 1 },
        { 1, 8 },
    });

    /// <summary>The games by the names of the worlds in which they are played, with default options.</summary>
    public static IReadOnlyList<(string Name, Payoffs Payoffs)> Named { get; } =
    [
        ("rock-paper-scissors", RockPaperScissors),
        ("biased-rock-paper-scissors", BiasedRockPaperScissors),
        ("matching-pennies", MatchingPennies),
        ("prisoners-dilemma", PrisonersDilemma),
        ("chicken", Chicken),
        ("stag-hunt", StagHunt),
        ("coordination", Coordination),
        ("climbing", Climbing),
        ("penalty", Penalty(new PenaltyOptions().K)),
        ("qtran-matrix", Qtran),
    ];

    /// <summary>The penalty game: two equal optima, and <paramref name="k"/> for mixing them up. Claus, Boutilier, AAAI 1998, figure 2.</summary>
    public static Payoffs Penalty(double k) => Common(new double[,]
    {
        { k, 0, 10 },
        { 0, 2, 0 },
        { 10, 0, k },
    });

    private static Payoffs Common(double[,] table) => new(table, table);

    private static Payoffs Symmetric(double[,] table) => new(table, Mapped(table, (row, column) => table[column, row]));

    private static Payoffs ZeroSum(double[,] table) => new(table, Mapped(table, (row, column) => 0 - table[row, column]));

    private static double[,] Mapped(double[,] table, Func<int, int, double> map)
    {
        var mapped = new double[table.GetLength(0), table.GetLength(1)];
        for (var row = 0; row < table.GetLength(0); row++)
        {
            for (var column = 0; column < table.GetLength(1); column++)
            {
                mapped[row, column] = map(row, column);
            }
        }

        return mapped;
    }
}
