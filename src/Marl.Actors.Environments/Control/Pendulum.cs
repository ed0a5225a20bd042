using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Control;

/// <summary>The options of <c>environment/pendulum</c>.</summary>
public sealed record PendulumOptions(
    [Option("Steps after which an episode is cut.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 200,
    [Option("Acceleration of gravity, m/s².", Minimum = 0, Maximum = 1000)] double Gravity = 10);

/// <summary>
/// Pendulum: swing a rod up and hold it there with a torque too weak to lift it at once. Equations, constants and Euler steps
/// of Gymnasium's <c>Pendulum-v1</c>: the action is the torque u in −2..2 N·m (cut to it), the observation cos θ, sin θ and θ̇,
/// with θ = 0 upright, and the reward −(θ² + 0.1 θ̇² + 0.001 u²) of the state before the step, θ in −π..π. It never ends.
/// </summary>
internal sealed class Pendulum : IWorld, IDrawableWorld
{
    private const double MaxSpeed = 8;
    private const double MaxTorque = 2;
    private const double TimeStep = 0.05;
    private const double Mass = 1;
    private const double Length = 1;
    private const int Width = 3;
    private const int RodCircles = 8;

    private readonly double gravity;
    private readonly double[] angle; // [copies], rad from upright, not wrapped
    private readonly double[] speed; // [copies], rad/s

    public Pendulum(PendulumOptions options, int copies)
    {
        Copies = copies;
        gravity = options.Gravity;
        (angle, speed) = (new double[copies], new double[copies]);
        Spec = new(
            [new("agent-0", new Box(Width, (float)-MaxSpeed, (float)MaxSpeed), new Box(1, (float)-MaxTorque, (float)MaxTorque))],
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: Width);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public double Extent => Length + 0.2;

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random)
    {
        angle[copy] = random.Uniform(-Math.PI, Math.PI);
        speed[copy] = random.Uniform(-1, 1);
    }

    /// <summary>Puts a copy into a state.</summary>
    public void Place(int copy, double angle, double speed) => (this.angle[copy], this.speed[copy]) = (angle, speed);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var torques = actions[0];
        for (var copy = 0; copy < Copies; copy++)
        {
            var torque = Math.Clamp(torques[copy], -MaxTorque, MaxTorque);
            var lean = Wrapped(angle[copy]);
            rewards[copy] = -(float)((lean * lean) + (0.1 * speed[copy] * speed[copy]) + (0.001 * torque * torque));
            var acceleration = (3 * gravity / (2 * Length) * Math.Sin(angle[copy])) + (3 / (Mass * Length * Length) * torque);
            speed[copy] = Math.Clamp(speed[copy] + (acceleration * TimeStep), -MaxSpeed, MaxSpeed);
            angle[copy] += speed[copy] * TimeStep;
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = observations.Slice(copy * Width, Width);
            row[0] = (float)Math.Cos(angle[copy]);
            row[1] = (float)Math.Sin(angle[copy]);
            row[2] = (float)speed[copy];
        }
    }

    /// <inheritdoc/>
    public void State(Span<float> state) => Observe(0, state);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("pendulum.angle", angle);
        snapshot.Put<double>("pendulum.speed", speed);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("pendulum.angle", angle);
        snapshot.GetInto<double>("pendulum.speed", speed);
    }

    /// <summary>The rod as a chain of circles, from the axle outwards; it leans to the left at positive angles, as Gymnasium draws it.</summary>
    public IReadOnlyList<DrawnCircle> Draw(int copy)
    {
        var drawn = new List<DrawnCircle>(RodCircles + 1);
        for (var i = RodCircles; i >= 0; i--)
        {
            var along = Length * i / RodCircles;
            var (x, y) = (-along * Math.Sin(angle[copy]), along * Math.Cos(angle[copy]));
            drawn.Add(new(i == 0 ? "axle" : $"rod-{i}", x, y, i == 0 ? 0.05 : 0.1, i == 0 ? "#404040" : "#cc4d4d", ""));
        }

        return drawn;
    }

    // ((θ + π) mod 2π) − π, the remainder never negative
    private static double Wrapped(double angle)
    {
        const double turn = 2 * Math.PI;
        var shifted = angle + Math.PI;
        return shifted - (turn * Math.Floor(shifted / turn)) - Math.PI;
    }
}
