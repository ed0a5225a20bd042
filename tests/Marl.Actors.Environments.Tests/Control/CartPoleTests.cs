using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Environments.Control;
using Xunit;

namespace Marl.Actors.Environments.Tests.Control;

public sealed class CartPoleTests
{
    // Computed with Gymnasium's equations in Python; the first is known from its documentation of the dynamics.
    [Theory]
    [InlineData(0, 0, 0, 0, 1, 0.0, 0.1951219512195122, 0.0, -0.2926829268292683)]
    [InlineData(0, 0, 0, 0, 0, 0.0, -0.1951219512195122, 0.0, 0.2926829268292683)]
    [InlineData(0.01, -0.02, 0.03, 0.04, 1, 0.009600000000000001, 0.17467919574755525, 0.030799999999999998, -0.24306871796000815)]
    [InlineData(2.39, 1.0, 0.1, -0.5, 0, 2.41, 0.8036210075354289, 0.09000000000000001, -0.177552102292807)]
    [InlineData(0, 0, 0.2, 1.0, 1, 0.0, 0.1919689517863068, 0.22, 0.776195252810284)]
    public void Moves_as_Gymnasium_does(
        double x, double velocity, double angle, double spin, int action, double nextX, double nextVelocity, double nextAngle, double nextSpin)
    {
        var (runner, world) = New(copies: 3);
        world.Place(1, x, velocity, angle, spin);
        runner.Act(0, 1, action);
        runner.Step(RandomKey.FromSeed(1), 0);
        runner.See();
        float[] expected = [(float)nextX, (float)nextVelocity, (float)nextAngle, (float)nextSpin];
        Assert.Equal(expected, runner.Observations[0][4..8]);
    }

    [Theory]
    [InlineData(2.39, 1.0, 0.0, true)]     // 2.41 m
    [InlineData(-2.39, -1.0, 0.0, true)]
    [InlineData(2.39, 0.4, 0.0, false)]    // 2.398 m
    [InlineData(0.0, 0.0, 0.2095, true)]   // 12.003 degrees
    [InlineData(0.0, 0.0, -0.2095, true)]
    [InlineData(0.0, 0.0, 0.2094, false)]  // 11.998 degrees
    public void Ends_at_the_track_and_the_angle_and_pays_for_that_step_too(double x, double velocity, double angle, bool ends)
    {
        var (runner, world) = New(copies: 1);
        world.Place(0, x, velocity, angle, 0);
        runner.Step(RandomKey.FromSeed(1), 0);
        Assert.Equal(ends ? 1 : 0, runner.Terminated[0]);
        Assert.Equal(1, runner.Rewards[0]);
    }

    [Fact]
    public void Begins_within_a_twentieth_in_every_number()
    {
        var (runner, _) = New(copies: 500);
        runner.Reset(RandomKey.FromSeed(3));
        runner.See();
        Assert.All(runner.Observations[0], v => Assert.InRange(v, -0.05f, 0.05f));
        Assert.True(runner.Observations[0].Max() > 0.049 && runner.Observations[0].Min() < -0.049);
        Assert.Equal(500, runner.World.Spec.MaxSteps);
    }

    [Fact]
    public void The_pole_is_drawn_to_the_right_when_it_leans_to_the_right()
    {
        var (_, world) = New(copies: 1);
        world.Place(0, 0.5, 0, 0.1, 0);
        var drawn = world.Draw(0);
        Assert.Equal(0.5, drawn[0].X);
        Assert.Equal(0.5 + Math.Sin(0.1), drawn[^1].X, 12);
        Assert.Equal(Math.Cos(0.1), drawn[^1].Y, 12);
    }

    private static (WorldRunner Runner, CartPole World) New(int copies)
    {
        var world = new CartPole(new(), copies);
        return (new(world), world);
    }
}
