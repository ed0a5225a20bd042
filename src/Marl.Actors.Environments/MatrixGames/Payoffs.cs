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

    /// <summary>The penalty game: two equal optima, and <paramref name="k"/> for mixing them up. Claus, Boutilier, AAAI 1998, figure 2.</summary>
    public static Payoffs Penalty(double k) => Common(new double[,]
    {
        { k, 0, 10 },
        { 0, 2, 0 },
        { 10, 0, k },
    });

    private static Payoffs Common(double[,] table) => new(table, table);
}
