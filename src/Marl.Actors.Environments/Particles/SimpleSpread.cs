using System.Numerics;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-spread</c>.</summary>
public sealed record SimpleSpreadOptions(
    [Option("Number of agents, and of landmarks.", Minimum = 1, Maximum = 64)] int Agents = 3,
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [Option("Weight of an agent's own collisions against the team's distances: 0 pays the team only, 1 collisions only.", Minimum = 0, Maximum = 1)] double LocalRatio = 0.5,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [ParticleOption.Actions] ActionForm Actions = ActionForm.Discrete,
    [Option("What a centralised critic sees: joint is all positions, velocities and landmarks; per-agent is each agent's observation and the others' velocities.")] StateView State = StateView.Joint,
    [Option("End the episode when every landmark has an agent within 0.1.")] bool TerminateOnSuccess = false);

/// <summary>
/// simple-spread: N agents cover N landmarks and don't bump into each other. Lowe et al., NeurIPS 2017; <c>simple_spread_v3</c>
/// of mpe2. Reward of agent i: (1 − w) · −Σ_l min_j |x_j − y_l| + w · −(bodies i touches), w the local ratio.
/// </summary>
internal sealed class SimpleSpread : ParticleWorld
{
    /// <summary>An agent this near covers a landmark.</summary>
    private const double CaptureRadius = 0.1;

    private const double AgentRadius = 0.15;
    private const int Words = 2;

    private readonly SimpleSpreadOptions options;
    private readonly int agents;
    private readonly double[] distances;  // [lanes]: −Σ of the landmarks' distances to their nearest agents
    private readonly double[] farthest;   // [lanes]: the greatest of them
    private readonly double[] collisions; // [agents, lanes]

    public SimpleSpread(SimpleSpreadOptions options, int copies)
        : base(SceneOf(options), options.Integration, options.Actions, copies)
    {
        this.options = options;
        agents = options.Agents;
        distances = new double[Particles.Lanes];
        farthest = new double[Particles.Lanes];
        collisions = new double[agents * Particles.Lanes];
        Spec = new(
            Enumerable.Range(0, agents).Select(i => Agent(i, ObservationWidth)).ToValues(),
            RewardConvention.PerAgent,
            options.MaxSteps,
            options.State == StateView.Joint ? 6 * agents : SeenWidth + (2 * (agents - 1)),
            options.State);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    // Own velocity and position, landmarks and other agents relative to it.
    private int SeenWidth => 4 + (2 * agents) + (2 * (agents - 1));

    // And what the others say: nothing, but the reference reserves two words each.
    private int ObservationWidth => SeenWidth + (Words * (agents - 1));

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random) => Scatter(copy, ref random);

    /// <summary>The world as it is, or a view for each agent; see the option.</summary>
    public override void State(Span<float> state)
    {
        if (options.State == StateView.Joint)
        {
            JointState(state);
        }
        else
        {
            StatePerAgent(state);
        }
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        MeasureDistances();
        CountCollisions();
        for (var agent = 0; agent < agents; agent++)
        {
            var touched = Particles.Row(collisions, agent);
            for (var copy = 0; copy < Copies; copy++)
            {
                rewards[(agent * Copies) + copy] =
                    (float)((distances[copy] * (1 - options.LocalRatio)) - (touched[copy] * options.LocalRatio));
            }
        }

        if (options.TerminateOnSuccess)
        {
            for (var copy = 0; copy < Copies; copy++)
            {
                terminated[copy] = farthest[copy] < CaptureRadius ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    protected override void See(int agent, int copy, Span<float> row)
    {
        Look(agent, copy, row);
        row[SeenWidth..].Clear();
    }

    private static ParticleScene SceneOf(SimpleSpreadOptions options) => new(
        Enumerable.Range(0, options.Agents).Select(i => new Body($"agent-{i}", AgentRadius, "#5959d9", Moves: true, Collides: true)).ToValues(),
        Enumerable.Range(0, options.Agents).Select(i => new Body($"landmark-{i}", 0.05, "#404040")).ToValues(),
        Words);

    // −Σ_l min_j |x_j − y_l|, and max_l min_j |x_j − y_l|
    private void MeasureDistances()
    {
        var sum = Particles.Vectors(distances, 0);
        var worst = Particles.Vectors(farthest, 0);
        sum.Clear();
        worst.Clear();
        for (var landmark = agents; landmark < 2 * agents; landmark++)
        {
            var lx = Particles.Vectors(Particles.X, landmark);
            var ly = Particles.Vectors(Particles.Y, landmark);
            for (var i = 0; i < sum.Length; i++)
            {
                var nearest = new Vector<double>(double.PositiveInfinity);
                for (var agent = 0; agent < agents; agent++)
                {
                    var dx = Particles.Vectors(Particles.X, agent)[i] - lx[i];
                    var dy = Particles.Vectors(Particles.Y, agent)[i] - ly[i];
                    nearest = Vector.Min(nearest, Vector.SquareRoot((dx * dx) + (dy * dy)));
                }

                sum[i] -= nearest;
                worst[i] = Vector.Max(worst[i], nearest);
            }
        }
    }

    private void CountCollisions()
    {
        Array.Clear(collisions);
        var touching = new Vector<double>(2 * AgentRadius);
        for (var a = 0; a < agents; a++)
        {
            for (var b = a + 1; b < agents; b++)
            {
                var xa = Particles.Vectors(Particles.X, a);
                var xb = Particles.Vectors(Particles.X, b);
                var ya = Particles.Vectors(Particles.Y, a);
                var yb = Particles.Vectors(Particles.Y, b);
                var countA = Particles.Vectors(collisions, a);
                var countB = Particles.Vectors(collisions, b);
                for (var i = 0; i < xa.Length; i++)
                {
                    var (dx, dy) = (xa[i] - xb[i], ya[i] - yb[i]);
                    var hit = Vector.LessThan(Vector.SquareRoot((dx * dx) + (dy * dy)), touching);
                    var one = Vector.ConditionalSelect(hit, Vector<double>.One, Vector<double>.Zero);
                    countA[i] += one;
                    countB[i] += one;
                }
            }
        }
    }

    private void Look(int agent, int copy, Span<float> row)
    {
        var (x, y) = (Particles.X, Particles.Y);
        var self = Particles.At(agent, copy);
        row[0] = (float)Particles.VelocityX[self];
        row[1] = (float)Particles.VelocityY[self];
        row[2] = (float)x[self];
        row[3] = (float)y[self];
        var to = 4;
        for (var landmark = agents; landmark < 2 * agents; landmark++)
        {
            var at = Particles.At(landmark, copy);
            row[to++] = (float)(x[at] - x[self]);
            row[to++] = (float)(y[at] - y[self]);
        }

        for (var other = 0; other < agents; other++)
        {
            if (other != agent)
            {
                var at = Particles.At(other, copy);
                row[to++] = (float)(x[at] - x[self]);
                row[to++] = (float)(y[at] - y[self]);
            }
        }
    }

    // All positions, all velocities, all landmarks.
    private void JointState(Span<float> state)
    {
        var width = 6 * agents;
        for (var body = 0; body < 2 * agents; body++)
        {
            var to = body < agents ? 2 * body : 2 * (body + agents);
            for (var copy = 0; copy < Copies; copy++)
            {
                var at = Particles.At(body, copy);
                var row = state.Slice(copy * width, width);
                row[to] = (float)Particles.X[at];
                row[to + 1] = (float)Particles.Y[at];
                if (body < agents)
                {
                    row[to + (2 * agents)] = (float)Particles.VelocityX[at];
                    row[to + (2 * agents) + 1] = (float)Particles.VelocityY[at];
                }
            }
        }
    }

    private void StatePerAgent(Span<float> state)
    {
        var width = Spec.StateWidth;
        for (var copy = 0; copy < Copies; copy++)
        {
            for (var agent = 0; agent < agents; agent++)
            {
                var row = state.Slice(((copy * agents) + agent) * width, width);
                Look(agent, copy, row);
                var to = SeenWidth;
                for (var other = 0; other < agents; other++)
                {
                    if (other != agent)
                    {
                        row[to++] = (float)Particles.VelocityX[Particles.At(other, copy)];
                        row[to++] = (float)Particles.VelocityY[Particles.At(other, copy)];
                    }
                }
            }
        }
    }
}
