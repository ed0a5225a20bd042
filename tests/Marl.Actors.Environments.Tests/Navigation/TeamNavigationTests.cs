using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Navigation;
using Xunit;

namespace Marl.Actors.Environments.Tests.Navigation;

public sealed class TeamNavigationTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(4);

    [Fact]
    public void Who_is_nearest_to_a_landmark_within_reach_covers_it_and_is_paid()
    {
        var (world, runner) = Placed((0.5, 0.5), (0.62, 0.5), (1.5, 0.5), (3, 3));
        Step(runner, 0, 0, 0, 0);
        Assert.Equal([1, 0, 1, 0], runner.Rewards); // the second is within reach too, but the first is nearer
        Assert.Equal([0], Succeeded(world));
        Step(runner, 2, 0, 0, 0); // a quarter of a cell to the left
        Assert.Equal([0, 1, 1, 0], runner.Rewards);
        world.Place(0, 0, (0.5, 1.5), null);
        world.Place(0, 3, (1.5, 1.5), null);
        Step(runner, 0, 0, 0, 0);
        Assert.Equal([1, 1, 1, 1], runner.Rewards);
        Assert.Equal([1], Succeeded(world));
        Assert.Equal([0], runner.Terminated);
    }

    [Fact]
    public void Nobody_leaves_the_field()
    {
        var (_, runner) = Placed((0.1, 0.1), (1.9, 1.9), (0.1, 1.9), (1.9, 0.1));
        Step(runner, 2, 1, 3, 4);
        runner.See();
        Assert.Equal([-1, -0.9f, 1, 0.9f, -0.9f, 1, 0.9f, -1], runner.State[..8].Select(v => MathF.Round(v, 4)));
    }

    [Fact]
    public void An_agent_sees_the_two_nearest_landmarks_and_agents_within_its_sight()
    {
        var (_, runner) = Placed((0.5, 0.9), (0.5, 0.4), (1.9, 0.5), (1.5, 1.5));
        runner.See();
        Assert.Equal(
            [
                -0.5f, -0.1f, 0.25f,       // place; one of the landmarks of four cells in sight is free
                1, 0, 0, -0.4f,            // the landmark below, which the second agent covers
                1, 1, 0, 0.6f,             // that above
                1, 0, -0.5f, 0, 0, 0,      // the second agent; no other within one cell
            ],
            runner.Observations[0].Select(v => MathF.Round(v, 4)));
    }

    [Fact]
    public void Groups_begin_side_by_side()
    {
        var world = new TeamNavigation(new(Agents: 16), copies: 200);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        runner.See();
        var (within, between) = (0.0, 0.0);
        for (var copy = 0; copy < 200; copy++)
        {
            double Apart(int a, int b) => 2 * Math.Max(
                Math.Abs(runner.Observations[a][copy * 17] - runner.Observations[b][copy * 17]),
                Math.Abs(runner.Observations[a][(copy * 17) + 1] - runner.Observations[b][(copy * 17) + 1]));
            within = Math.Max(within, Apart(0, 3));
            between += Apart(0, 4) / 200;
        }

        Assert.InRange(within, 0.5, 1);
        Assert.InRange(between, 1.4, 2.1);
    }

    [Theory]
    [InlineData(NavigationView.Local, 17)]
    [InlineData(NavigationView.Joint, 17 + 80)]
    public void The_local_view_is_as_wide_for_any_number_of_agents(NavigationView view, int width)
    {
        Assert.Equal(width, new TeamNavigation(new(Agents: 16, View: view), copies: 1).Spec.Agents[0].Observation.Width);
        Assert.Equal(17, new TeamNavigation(new(Agents: 64), copies: 1).Spec.Agents[0].Observation.Width);
    }

    [Theory]
    [InlineData(15, 3, "use 9 or 16")]
    [InlineData(16, 3, "groups of 3")]
    public void Fields_that_are_no_squares_and_groups_that_don_t_fit_are_refused(int agents, int group, string refusal) =>
        Assert.Contains(refusal, Assert.Single(new TeamNavigationOptions(agents, group).Conflicts()).Sentence);

    // Four agents, one in each corner cell's middle, and landmarks in the middles of all cells; then those of the test.
    private static (TeamNavigation World, WorldRunner Runner) Placed(params (double X, double Y)[] agents)
    {
        var world = new TeamNavigation(new(Agents: 4), copies: 1);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        for (var i = 0; i < 4; i++)
        {
            world.Place(0, i, agents[i], ((i % 2) + 0.5, (i / 2) + 0.5));
        }

        return (world, runner);
    }

    private static float[] Succeeded(IWorld world)
    {
        var succeeded = new float[1];
        world.Succeeded(succeeded);
        return succeeded;
    }

    private static void Step(WorldRunner runner, params int[] actions)
    {
        for (var agent = 0; agent < actions.Length; agent++)
        {
            runner.Act(agent, 0, actions[agent]);
        }

        runner.Step(Key, 0);
    }
}
