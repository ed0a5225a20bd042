using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Control;

/// <summary>The options of <c>environment/cart-pole</c>.</summary>
public sealed record CartPoleOptions(
    [Option("Steps after which an episode is cut.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 500);

/// <summary>
/// CartPole: push a cart left or right so that the pole on it stays up. Barto, Sutton, Anderson 1983; equations, constants and
/// Euler steps of Gymnasium's <c>CartPole-v1</c>. The reward is 1 in every step, the one that ends the episode included.
/// </summary>
internal sealed class CartPole : IWorld, IDrawableWorld
{
    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1.0 + PoleMass;
    private const double HalfLength = 0.5;
    private const double PoleMoment = PoleMass * HalfLength;
    private const double Force = 10;
    private const double TimeStep = 0.02;
    private const double TrackEnd = 2.4;
    private const double Fallen = 12 * 2 * Math.PI / 360;
    private const int Width = 4;
    private const int PoleCircles = 8;

    private readonly double[] x;               // [copies], m
    private readonly double[] velocity;        // [copies], m/s
    private readonly double[] angle;           // [copies], rad from upright, to the right
    private readonly double[] angularVelocity; // [copies], rad/s

    public CartPole(CartPoleOptions options, int copies)
    {
        Copies = copies;
        (x, velocity, angle, angularVelocity) = (new double[copies], new double[copies], new double[copies], new double[copies]);
        Spec = new([new("agent-0", new Box(Width), new Discrete(2))], RewardConvention.PerAgent, options.MaxSteps, StateWidth: Width);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public double Extent => TrackEnd + 0.2;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        x[copy] = random.Uniform(-0.05, 0.05);
        velocity[copy] = random.Uniform(-0.05, 0.05);
        angle[copy] = random.Uniform(-0.05, 0.05);
        angularVelocity[copy] = random.Uniform(-0.05, 0.05);
    }

    /// <summary>Puts a copy into a state.</summary>
    public void Place(int copy, double x, double velocity, double angle, double angularVelocity) =>
        (this.x[copy], this.velocity[copy], this.angle[copy], this.angularVelocity[copy]) = (x, velocity, angle, angularVelocity);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var pushes = actions[0];
        for (var copy = 0; copy < Copies; copy++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(pushes[copy], 1);
            ArgumentOutOfRangeException.ThrowIfNegative(pushes[copy]);
            Move(copy, pushes[copy] == 1 ? Force : -Force);
            rewards[copy] = 1;
            terminated[copy] = Math.Abs(x[copy]) > TrackEnd || Math.Abs(angle[copy]) > Fallen ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = observations.Slice(copy * Width, Width);
            row[0] = (float)x[copy];
            row[1] = (float)velocity[copy];
            row[2] = (float)angle[copy];
            row[3] = (float)angularVelocity[copy];
        }
    }

    /// <inheritdoc/>
    public void State(Span<float> state) => Observe(0, state);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("cart-pole.x", x);
        snapshot.Put<double>("cart-pole.velocity", velocity);
        snapshot.Put<double>("cart-pole.angle", angle);
        snapshot.Put<double>("cart-pole.angular-velocity", angularVelocity);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("cart-pole.x", x);
        snapshot.GetInto<double>("cart-pole.velocity", velocity);
        snapshot.GetInto<double>("cart-pole.angle", angle);
        snapshot.GetInto<double>("cart-pole.angular-velocity", angularVelocity);
    }

    /// <summary>The cart, and its pole as a chain of circles.</summary>
    public IReadOnlyList<DrawnCircle> Draw(int copy)
    {
        const double cartRadius = 0.15;
        var at = Math.Clamp(x[copy], -TrackEnd, TrackEnd);
        var drawn = new List<DrawnCircle>(PoleCircles + 1) { new("cart", at, 0, cartRadius, "#404040", "") };
        for (var i = 1; i <= PoleCircles; i++)
        {
            var along = 2 * HalfLength * i / PoleCircles;
            var top = Math.Clamp(at + (along * Math.Sin(angle[copy])), -Extent + 0.05, Extent - 0.05);
            drawn.Add(new($"pole-{i}", top, along * Math.Cos(angle[copy]), 0.05, "#b5793f", ""));
        }

        return drawn;
    }

    // The frictionless equations: Florian 2007, "Correct equations for the dynamics of the cart-pole system", (23) and (24).
    private void Move(int copy, double force)
    {
        var (sin, cos) = (Math.Sin(angle[copy]), Math.Cos(angle[copy]));
        var spin = angularVelocity[copy];
        var push = (force + (PoleMoment * (spin * spin) * sin)) / TotalMass;
        var angularAcceleration = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * (cos * cos) / TotalMass)));
        var acceleration = push - (PoleMoment * angularAcceleration * cos / TotalMass);
        x[copy] += TimeStep * velocity[copy];
        velocity[copy] += TimeStep * acceleration;
        angle[copy] += TimeStep * angularVelocity[copy];
        angularVelocity[copy] += TimeStep * angularAcceleration;
    }
}
