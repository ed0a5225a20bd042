using Marl.Actors.Core.Results;
using Marl.Actors.Environments.MatrixGames;

namespace Marl.Actors.Environments.Games;

/// <summary>
/// Two learners in a matrix game, both answering what was played before the iteration (simultaneous updates); what is
/// measured is the average of their play. <b>Regret matching</b> plays actions in proportion to their positive regrets (Hart,
/// Mas-Colell 2000); + keeps regrets from falling below 0 (Tammelin 2014), here with a plain average. <b>Fictitious play</b>
/// answers the other's average with the best action, the lowest of equals (Brown 1951).
/// </summary>
internal sealed class MatrixLearning
{
    private readonly Payoffs game;
    private readonly Rule rule;
    private readonly double[][] scores; // by player: regrets, or what each action would have got
    private readonly double[][] played; // by player: the sum of its play

    /// <summary>Begins.</summary>
    /// <param name="game">The game.</param>
    /// <param name="rule">How both learn.</param>
    /// <param name="first">Agent 0's regrets at the beginning.</param>
    /// <param name="second">Agent 1's.</param>
    public MatrixLearning(Payoffs game, Rule rule, double[] first, double[] second)
    {
        (this.game, this.rule) = (game, rule);
        scores = [[.. first], [.. second]];
        played = [new double[game.Rows], new double[game.Columns]];
    }

    /// <summary>How a learner turns what was into what it does.</summary>
    public enum Rule
    {
        /// <summary>Best actions against averages.</summary>
        FictitiousPlay,

        /// <summary>Actions in proportion to positive regrets.</summary>
        RegretMatching,

        /// <summary>The same, with regrets never below 0.</summary>
        RegretMatchingPlus,
    }

    /// <summary>A method at work, from nothing known.</summary>
    public static Solver Solver(Payoffs game, Rule rule)
    {
        var learning = new MatrixLearning(game, rule, new double[game.Rows], new double[game.Columns]);
        return new(learning.Iterate, learning.Measure, learning.Policy);
    }

    /// <summary>Both play once and learn from it.</summary>
    public void Iterate()
    {
        double[][] now = [Play(0), Play(1)];
        for (var player = 0; player < 2; player++)
        {
            var gains = Gains(player, now[1 - player]);
            var value = rule == Rule.FictitiousPlay ? 0 : gains.Zip(now[player], (g, p) => g * p).Sum();
            for (var action = 0; action < gains.Length; action++)
            {
                played[player][action] += now[player][action];
                var score = scores[player][action] + gains[action] - value;
                scores[player][action] = rule == Rule.RegretMatchingPlus ? Math.Max(0, score) : score;
            }
        }
    }

    /// <summary>A player's average play.</summary>
    public double[] Average(int player)
    {
        var average = new double[played[player].Length];
        CounterfactualRegret.Normalise(played[player], average);
        return average;
    }

    private (double Value, double Exploitability) Measure()
    {
        double[] first = Average(0), second = Average(1);
        double[] rows = Gains(0, second), columns = Gains(1, first);
        double Worth(double[] gains, double[] play) => gains.Zip(play, (g, p) => g * p).Sum();
        var value = Worth(rows, first);
        return (value, (rows.Max() - value + columns.Max() - Worth(columns, second)) / 2);
    }

    private Values<SolvedChoice> Policy() => Enumerable.Range(0, 2)
        .Select(player => new SolvedChoice(player, "", Enumerable.Range(0, played[player].Length).ToValues(), Average(player).ToValues()))
        .ToValues();

    private double[] Play(int player)
    {
        var play = new double[scores[player].Length];
        if (rule == Rule.FictitiousPlay)
        {
            play[Array.IndexOf(scores[player], scores[player].Max())] = 1;
        }
        else
        {
            CounterfactualRegret.Normalise(scores[player], play);
        }

        return play;
    }

    // What each action of a player gets against the other's play.
    private double[] Gains(int player, double[] other)
    {
        var gains = new double[player == 0 ? game.Rows : game.Columns];
        for (var own = 0; own < gains.Length; own++)
        {
            for (var theirs = 0; theirs < other.Length; theirs++)
            {
                gains[own] += other[theirs] * (player == 0 ? game.First[own, theirs] : game.Second[theirs, own]);
            }
        }

        return gains;
    }
}
