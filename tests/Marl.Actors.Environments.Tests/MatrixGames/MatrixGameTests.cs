using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.MatrixGames;
using Xunit;

namespace Marl.Actors.Environments.Tests.MatrixGames;

public sealed class MatrixGameTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [Theory]
    [InlineData("climbing", new float[] { 11, -30, 0, -30, 7, 0, 0, 6, 5 })]
    [InlineData("penalty", new float[] { -100, 0, 10, 0, 2, 0, 10, 0, -100 })]
    [InlineData("coordination", new float[] { 2, 0, 0, 1 })]
    [InlineData("qtran-matrix", new float[] { 8, -12, -12, -12, 0, 0, -12, 0, 0 })]
    public void Common_payoffs_go_to_both_agents(string game, float[] payoffs)
    {
        var actions = (int)Math.Sqrt(payoffs.Length);
        var runner = AllJointActions(game, actions);
        Assert.Equal(payoffs, runner.Rewards[..payoffs.Length]);
        Assert.Equal(payoffs, runner.Rewards[payoffs.Length..]);
        Assert.Equal(RewardConvention.TeamMean, runner.World.Spec.Reward);
    }

    [Theory]
    [InlineData("prisoners-dilemma", new float[] { -1, -3, 0, -2 }, new float[] { -1, 0, -3, -2 })]
    [InlineData("chicken", new float[] { 6, 2, 7, 0 }, new float[] { 6, 7, 2, 0 })]
    [InlineData("stag-hunt", new float[] { 4, 1, 3, 2 }, new float[] { 4, 3, 1, 2 })]
    [InlineData("matching-pennies", new float[] { 1, -1, -1, 1 }, new float[] { -1, 1, 1, -1 })]
    [InlineData("rock-paper-scissors", new float[] { 0, -1, 1, 1, 0, -1, -1, 1, 0 }, new float[] { 0, 1, -1, -1, 0, 1, 1, -1, 0 })]
    public void Rivals_are_paid_apart(string game, float[] first, float[] second)
    {
        var runner = AllJointActions(game, (int)Math.Sqrt(first.Length));
        Assert.Equal(first, runner.Rewards[..first.Length]);
        Assert.Equal(second, runner.Rewards[first.Length..]);
        Assert.Equal(RewardConvention.PerAgent, runner.World.Spec.Reward);
    }

    [Fact]
    public void The_qtran_game_is_played_once()
    {
        Assert.All(AllJointActions("qtran-matrix", 3).Terminated, t => Assert.Equal(1, t));
        Assert.All(AllJointActions("climbing", 3).Terminated, t => Assert.Equal(0, t));
    }

    [Fact]
    public void Best_returns_are_the_published_ones()
    {
        var climbing = BuiltInEnvironments.Create("environment/climbing", new RepeatedGameOptions(), 1);
        var penalty = BuiltInEnvironments.Create("environment/penalty", new PenaltyOptions(), 1);
        Assert.Equal(275, BestReturn(climbing, 0, 0));
        Assert.Equal(250, BestReturn(penalty, 0, 2));

        static double BestReturn(IWorld world, int first, int second)
        {
            var runner = new WorldRunner(world);
            var sum = 0.0;
            for (var t = 0; t < world.Spec.MaxSteps; t++)
            {
                runner.Act(0, 0, first);
                runner.Act(1, 0, second);
                runner.Step(Key, t);
                sum += runner.Rewards[0];
                Assert.Equal(0, runner.Terminated[0]);
            }

            return sum;
        }
    }

    [Fact]
    public void The_penalty_is_an_option()
    {
        var runner = new WorldRunner(BuiltInEnvironments.Create("environment/penalty", new PenaltyOptions(K: -7.5), 1));
        runner.Step(Key, 0);
        Assert.Equal([-7.5f, -7.5f], runner.Rewards);
        Assert.Null(OptionsSchema.Of<PenaltyOptions>().Find("k")!.ReadScalar("1"));
    }

    [Fact]
    public void Repeated_games_show_a_constant()
    {
        var runner = AllJointActions("climbing", 3);
        runner.See();
        Assert.All(runner.Observations.SelectMany(o => o).Concat(runner.State), v => Assert.Equal(1, v));
    }

    [Theory]
    [InlineData(0, 0, 0, 7)]
    [InlineData(0, 1, 1, 7)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 8)]
    public void The_first_agents_first_action_chooses_the_second_matrix(int choice, int first, int second, float payoff)
    {
        foreach (var idle in (float[])[0, 1])
        {
            var runner = new WorldRunner(BuiltInEnvironments.Create("environment/two-step", new NoOptions(), 2));
            runner.Reset(Key);
            runner.See();
            Assert.Equal([1, 0, 0], runner.Observations[1][3..]);

            runner.Act(0, 1, choice);
            runner.Act(1, 1, idle);
            runner.Step(Key, 0);
            runner.See();
            Assert.Equal([0, 0, 0, 0], runner.Rewards);
            Assert.Equal([0, 0], runner.Terminated);
            Assert.Equal(choice == 0 ? [0, 1, 0] : new float[] { 0, 0, 1 }, runner.Observations[0][3..]);

            runner.Act(0, 1, first);
            runner.Act(1, 1, second);
            runner.Step(Key, 1);
            Assert.Equal([payoff, payoff], new[] { runner.Rewards[1], runner.Rewards[3] });
            Assert.Equal([1, 1], runner.Terminated);
        }
    }

    // One copy a joint action, row by row.
    private static WorldRunner AllJointActions(string game, int actions)
    {
        var component = BuiltInEnvironments.All.Single(c => c.Id == "environment/" + game);
        var world = BuiltInEnvironments.Create(component.Id, component.Options.Create(new Dictionary<string, object>()), actions * actions);
        var runner = new WorldRunner(world);
        for (var copy = 0; copy < actions * actions; copy++)
        {
            runner.Act(0, copy, copy / actions);
            runner.Act(1, copy, copy % actions);
        }

        runner.Step(Key, 0);
        return runner;
    }
}
