using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Optimisation;

/// <summary>
/// What members of a population are judged by in the toy example of Jaderberg et al., Population based training of neural
/// networks, 2017: the action is a point θ of the square −1..1, the reward Q(θ) = 1.2 − (θ₀² + θ₁²), and every step is an
/// episode. There is nothing to see.
/// </summary>
internal sealed class Paraboloid : IWorld
{
    private const int Dimensions = 2;
    private const double Top = 1.2;

    private readonly float[] points; // [copies, 2]: the last ones

    public Paraboloid(int copies)
    {
        Copies = copies;
        points = new float[copies * Dimensions];
        Spec = new([new("agent-0", new Box(1, 0, 0), new Box(Dimensions, -1, 1))], RewardConvention.PerAgent, MaxSteps: 1, StateWidth: Dimensions);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random) => points.AsSpan(copy * Dimensions, Dimensions).Clear();

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var chosen = actions[0];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Math.Clamp(chosen[i], -1, 1);
        }

        for (var copy = 0; copy < Copies; copy++)
        {
            double x = points[copy * Dimensions];
            double y = points[(copy * Dimensions) + 1];
            rewards[copy] = (float)(Top - ((x * x) + (y * y)));
        }
    }

    /// <inheritdoc/>
    public void Observe(int agent, Span<float> observations) => observations.Clear();

    /// <inheritdoc/>
    public void State(Span<float> state) => points.CopyTo(state);

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot) => snapshot.Put<float>("paraboloid.points", points);

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot) => snapshot.GetInto<float>("paraboloid.points", points);
}
