using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Control;
using Xunit;

namespace Marl.Actors.Environments.Tests.Control;

public sealed class PendulumTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(2);

    // Computed in Python from Gymnasium's equations, the angle wrapped by atan2.
    [Theory]
    [InlineData(0, 0, 0, 0.0, 1.0, 0.0, 0.0)]
    [InlineData(Math.PI / 2, 0, 0, -2.4674011002723395, -0.03749121155546029, 0.9992969573935987, 0.75)]
    [InlineData(Math.PI / 2, -1, 2, -2.5714011002723396, -0.0024999973958340325, 0.9999968750016276, 0.050000000000000044)]
    [InlineData(3, 7.9, 2, -15.245, -0.9667981925794611, -0.2555411020268312, 8)]    // speed is cut at 8
    [InlineData(-3, -7.9, -5, -15.245, -0.9667981925794611, 0.2555411020268312, -8)] // torque at 2
    [InlineData(0.1, 0.5, -0.7, -0.03549, 0.9923843325472398, 0.12318009788423391, 0.4698750624851211)]
    [InlineData(7.5, 1.0, 1.5, -1.5828879966636376, 0.2547185432539621, 0.9670152344831903, 1.9284999825810543)] // more than a turn
    public void Moves_and_pays_as_Gymnasium_does(
        double angle, double speed, double torque, double reward, double nextCos, double nextSin, double nextSpeed)
    {
        var world = new Pendulum(new(), copies: 3);
        var runner = new WorldRunner(world);
        world.Place(1, angle, speed);
        runner.Act(0, 1, (float)torque);
        runner.Step(Key, 0);
        runner.See();
        Assert.Equal(reward, runner.Rewards[1], 6);
        Assert.Equal([nextCos, nextSin, nextSpeed], runner.Observations[0][3..6].Select(v => (double)v), new Close(1e-6));
        Assert.Equal(0, runner.Terminated[1]);
    }

    // Small swings about the bottom: θ″ = −(3g / 2l) θ, a period of 2π √(2l / 3g).
    [Theory]
    [InlineData(10, 1.6223)]
    [InlineData(2.5, 3.2446)]
    public void Without_a_torque_it_swings_with_its_own_period(double gravity, double period)
    {
        var world = new Pendulum(new(Gravity: gravity), copies: 1);
        var runner = new WorldRunner(world);
        world.Place(0, Math.PI + 0.05, 0);
        var crossings = new List<int>();
        var last = 0f;
        for (var t = 0; t < 2000; t++)
        {
            runner.Step(Key, t);
            runner.See();
            if (last < 0 && runner.Observations[0][1] >= 0)
            {
                crossings.Add(t);
            }

            last = runner.Observations[0][1];
        }

        Assert.Equal(period, 0.05 * (crossings[^1] - crossings[0]) / (crossings.Count - 1), period * 0.01);
    }

    [Fact]
    public void Begins_anywhere_with_a_small_speed_and_is_cut_after_200_steps()
    {
        var world = new Pendulum(new(), copies: 1000);
        var runner = new WorldRunner(world);
        runner.Reset(Key);
        runner.See();
        var rows = runner.Observations[0].Chunk(3).ToArray();
        Assert.All(rows, r => Assert.Equal(1, (r[0] * r[0]) + (r[1] * r[1]), 5));
        foreach (var quadrant in rows.GroupBy(r => (r[0] > 0, r[1] > 0)))
        {
            Assert.InRange(quadrant.Count(), 200, 300);
        }

        Assert.InRange(rows.Max(r => r[2]), 0.98, 1);
        Assert.InRange(rows.Min(r => r[2]), -1, -0.98);
        Assert.Equal(200, world.Spec.MaxSteps);
        Assert.Equal(new AgentSpec("agent-0", new Box(3, -8, 8), new Box(1, -2, 2)), world.Spec.Agents[0]);
    }

    private sealed class Close(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
