using Marl.Actors.Environments.Games;
using Marl.Actors.Environments.MatrixGames;
using Xunit;

namespace Marl.Actors.Environments.Tests.Games;

/// <summary>Learning in matrix games.</summary>
public sealed class MatrixLearningTests
{
    [Theory]
    [InlineData("rps", false)]
    [InlineData("rps", true)]
    [InlineData("random_zero_sum_4x5_0", false)]
    [InlineData("random_zero_sum_4x5_0", true)]
    public void Regret_matching_plays_as_recorded(string name, bool isPlus)
    {
        var (game, golden) = (GoldenGames.Nash.GetProperty(name), GoldenGames.Dynamics.GetProperty($"regret_matching_{(isPlus ? "plus_" : "")}{name}_T1000"));
        var learning = new MatrixLearning(
            new Payoffs(game.GetProperty("A").Matrix(), game.GetProperty("B").Matrix()),
            isPlus ? MatrixLearning.Rule.RegretMatchingPlus : MatrixLearning.Rule.RegretMatching,
            golden.GetProperty("init_row_regret").Vector(),
            golden.GetProperty("init_col_regret").Vector());
        for (var i = 0; i < 1000; i++)
        {
            learning.Iterate();
        }

        Assert.All(golden.GetProperty("avg_row").Vector().Zip(learning.Average(0)), p => Assert.Equal(p.First, p.Second, 9));
        Assert.All(golden.GetProperty("avg_col").Vector().Zip(learning.Average(1)), p => Assert.Equal(p.First, p.Second, 9));
    }

    [Theory]
    [InlineData("rock-paper-scissors", 3)]
    [InlineData("matching-pennies", 2)]
    public void Fictitious_play_averages_to_the_equilibrium(string game, int actions)
    {
        var solution = GameSolving.Solve(game, "fictitious-play", 10_000).Value;

        Assert.All(solution.Policy.SelectMany(c => c.Probabilities), p => Assert.Equal(1.0 / actions, p, 0.02));
        Assert.InRange(solution.Series[^1].Exploitability, 0, 0.02);
        Assert.True(solution.Series[0].Exploitability > 0.4);
    }
}
