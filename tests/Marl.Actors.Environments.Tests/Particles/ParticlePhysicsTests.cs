using Marl.Actors.Environments.Particles;
using Xunit;

namespace Marl.Actors.Environments.Tests.Particles;

public sealed class ParticlePhysicsTests
{
    private static readonly ParticleScene Scene = new(
        [new("a", 0.15, "", Moves: true, Collides: true), new("b", 0.15, "", Moves: true, Collides: true), new("ghost", 0.15, "", Moves: true)],
        [new("wall", 0.2, "", Collides: true)],
        Words: 0);

    [Fact]
    public void Position_first_moves_with_the_old_velocity()
    {
        var state = Stepped(IntegrationOrder.PositionFirst, s => Push(s, force: 5));
        Assert.Equal(1 + 0.2, state.X[0], 15);              // x + v·dt
        Assert.Equal((2 * 0.75) + 0.5, state.VelocityX[0], 15); // v·(1 − damping) + F·dt
    }

    [Fact]
    public void Velocity_first_moves_with_the_new_velocity()
    {
        var state = Stepped(IntegrationOrder.VelocityFirst, s => Push(s, force: 5));
        Assert.Equal(2.0, state.VelocityX[0], 15);
        Assert.Equal(1 + 0.2, state.X[0], 15);
        var free = Stepped(IntegrationOrder.VelocityFirst, s => Push(s, force: 0));
        Assert.Equal(1 + 0.15, free.X[0], 15);
    }

    [Theory]
    [InlineData(0.2, 0.1)]                       // deep: the depth itself
    [InlineData(0.3, 0.000693147180559945)]      // touching: k·log 2
    [InlineData(0.31, 4.5398899216864e-08)]      // ten margins apart: k·log(1 + e⁻¹⁰)
    [InlineData(0.335, 6.305116760147e-19)]      // 35 margins: k·e⁻³⁵
    public void Penetration_is_a_softened_depth(double distance, double expected) =>
        Assert.Equal(1, ParticlePhysics.Penetration(distance, 0.3) / expected, 1e-9);

    [Fact]
    public void Contacts_push_apart_with_equal_forces()
    {
        var state = Stepped(IntegrationOrder.PositionFirst, s =>
        {
            s.Place(0, 0, -0.06, 0.08);
            s.Place(0, 1, 0.06, -0.08); // 0.2 apart: 0.1 deep
        });
        var (speed, other) = (Math.Sqrt(Square(state.VelocityX[0]) + Square(state.VelocityY[0])), state.VelocityX[state.At(1, 0)]);
        Assert.Equal(100 * 0.1 * 0.1, speed, 9);
        Assert.Equal(-0.6, state.VelocityX[0], 9);
        Assert.Equal(0.6, other, 9);
        static double Square(double v) => v * v;
    }

    [Fact]
    public void Only_bodies_that_collide_are_pushed_and_only_those_that_move_go()
    {
        var state = Stepped(IntegrationOrder.PositionFirst, s =>
        {
            s.Place(0, 0, 0.3, 0);
            s.Place(0, 3, 0, 0);  // the wall: 0.05 deep
            s.Place(0, 2, 0.3, 0.01);
        });
        Assert.Equal(100 * 0.05 * 0.1, state.VelocityX[0], 9);
        Assert.Equal(0, state.VelocityX[state.At(2, 0)]);
        Assert.Equal((0.0, 0.0), (state.X[state.At(3, 0)], state.VelocityX[state.At(3, 0)]));
    }

    [Fact]
    public void Bodies_on_one_point_stay_finite()
    {
        var state = Stepped(IntegrationOrder.PositionFirst, s =>
        {
            s.Place(0, 0, 0.5, 0.5);
            s.Place(0, 1, 0.5, 0.5);
        });
        Assert.Equal((0.5, 0.0), (state.X[0], state.VelocityX[0]));
    }

    private static void Push(ParticleState state, double force)
    {
        state.Place(0, 0, 1, 0, velocityX: 2);
        state.ForceX[0] = force;
    }

    private static ParticleState Stepped(IntegrationOrder order, Action<ParticleState> prepare)
    {
        var state = new ParticleState(Scene, copies: 1);
        prepare(state);
        new ParticlePhysics(Scene, order).Step(state);
        return state;
    }
}
