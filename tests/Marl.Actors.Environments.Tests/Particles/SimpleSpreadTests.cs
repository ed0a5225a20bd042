using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Particles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Particles;

public sealed class SimpleSpreadTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Theory]
    [InlineData(1, IntegrationOrder.PositionFirst, 0.5)]
    [InlineData(2, IntegrationOrder.PositionFirst, 0.0)]
    [InlineData(3, IntegrationOrder.VelocityFirst, 0.5)]
    [InlineData(5, IntegrationOrder.PositionFirst, 1.0)]
    [InlineData(6, IntegrationOrder.VelocityFirst, 0.25)]
    public void Equals_the_equations_written_out_for_one_world(int agents, IntegrationOrder order, double localRatio)
    {
        const int copies = 13;
        var world = new SimpleSpread(new(Agents: agents, LocalRatio: localRatio, Integration: order), copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        var scalar = new ScalarSpread(agents, order, localRatio);
        var random = Key.Derive("crowd").Stream();
        scalar.Reset(ref random, range: 0.4); // crowded: contacts happen
        const int at = 10;
        for (var body = 0; body < 2 * agents; body++)
        {
            world.Particles.Place(at, body, scalar.Positions[body][0], scalar.Positions[body][1]);
        }

        for (var t = 0; t < 40; t++)
        {
            runner.Choose(Key, t);
            scalar.Step([.. Enumerable.Range(0, agents).Select(a => (int)runner.Actions[(a * copies) + at])]);
            runner.Step(Key, t);
            runner.See();
            for (var agent = 0; agent < agents; agent++)
            {
                var expected = scalar.Observe(agent);
                var seen = runner.Observations[agent].AsSpan(at * expected.Length, expected.Length).ToArray();
                Assert.All(expected.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
                Assert.Equal(scalar.Reward(agent), runner.Rewards[(agent * copies) + at], 1e-6);
            }
        }

        Assert.Equal(agents > 1, scalar.Contacts > 0);
    }

    [Fact]
    public void The_joint_state_is_positions_velocities_landmarks()
    {
        var (runner, world) = Moving(new(Agents: 2), copies: 3);
        var p = world.Particles;
        double[] expected =
        [
            .. Both(p.X, p.Y, 0), .. Both(p.X, p.Y, 1), .. Both(p.VelocityX, p.VelocityY, 0), .. Both(p.VelocityX, p.VelocityY, 1),
            .. Both(p.X, p.Y, 2), .. Both(p.X, p.Y, 3),
        ];
        Assert.Equal(12, world.Spec.StateWidth);
        Assert.Equal(expected.Select(v => (float)v), runner.State[24..]);

        double[] Both(double[] x, double[] y, int body) => [x[p.At(body, 2)], y[p.At(body, 2)]];
    }

    [Fact]
    public void The_state_per_agent_is_its_observation_without_the_silence_and_the_others_velocities()
    {
        var (runner, world) = Moving(new(Agents: 3, State: StateView.PerAgent), copies: 4);
        Assert.Equal(StateView.PerAgent, world.Spec.View);
        Assert.Equal(18, world.Spec.StateWidth);
        for (var agent = 0; agent < 3; agent++)
        {
            var others = Enumerable.Range(0, 3).Where(o => o != agent).SelectMany(o => runner.Observations[o].Skip(2 * 18).Take(2));
            var expected = runner.Observations[agent].Skip(2 * 18).Take(14).Concat(others);
            Assert.Equal(expected, runner.State.Skip(((2 * 3) + agent) * 18).Take(18));
        }
    }

    [Fact]
    public void Spaces_are_those_of_the_reference()
    {
        var spec = new SimpleSpread(new(), 1).Spec;
        Assert.Equal(["agent-0", "agent-1", "agent-2"], spec.Agents.Select(a => a.Name));
        Assert.All(spec.Agents, a => Assert.Equal((new Box(18), new Discrete(5), 0), (a.Observation, a.Action, a.NoOp!.Value)));
        Assert.Equal((RewardConvention.PerAgent, 25), (spec.Reward, spec.MaxSteps));
        Assert.Equal(new Box(5, 0, 1), new SimpleSpread(new(Actions: ActionForm.Continuous), 1).Spec.Agents[0].Action);
    }

    [Fact]
    public void Continuous_pushes_are_clipped_to_their_box()
    {
        var (wild, tame) = (One(0.3f, -4, 9, 0.25f, 0.75f), One(0.3f, 0, 1, 0.25f, 0.75f));
        Assert.Equal(tame, wild);

        static float[] One(params float[] push)
        {
            var runner = new WorldRunner(new SimpleSpread(new(Agents: 1, Actions: ActionForm.Continuous), 1));
            runner.Reset(Key);
            runner.Act(0, 0, push);
            runner.Step(Key, 0);
            runner.See();
            Assert.Equal(0.25f, runner.Observations[0][1]); // (0.75 − 0.25) · 5 · 0.1
            return runner.Visible(0);
        }
    }

    [Fact]
    public void Success_ends_the_episode_only_where_asked_for()
    {
        foreach (var ends in (bool[])[false, true])
        {
            var world = new SimpleSpread(new(Agents: 2, TerminateOnSuccess: ends), 2);
            var runner = new WorldRunner(world);
            for (var copy = 0; copy < 2; copy++)
            {
                world.Particles.Place(copy, 0, -0.5, 0);
                world.Particles.Place(copy, 1, 0.5, 0);
                world.Particles.Place(copy, 2, 0.5, 0.05);
                world.Particles.Place(copy, 3, -0.5, copy == 0 ? 0.05 : 0.15);
            }

            runner.Step(Key, 0);
            Assert.Equal([ends ? 1 : 0, 0], runner.Terminated);
        }
    }

    [Fact]
    public void An_action_that_there_is_not_is_a_bug_and_says_whose()
    {
        var runner = new WorldRunner(new SimpleSpread(new(), 2));
        runner.Act(1, 1, 5);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => runner.Step(Key, 0));
        Assert.Contains("'agent-1' has no action 5", error.Message);
    }

    private static (WorldRunner Runner, SimpleSpread World) Moving(SimpleSpreadOptions options, int copies)
    {
        var world = new SimpleSpread(options, copies);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        runner.Play(Key, 0, 6);
        return (runner, world);
    }
}
