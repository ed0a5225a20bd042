using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-world-comm</c>.</summary>
public sealed record SimpleWorldCommOptions(
    [Option("Number of agents that flee and eat (num_good).", Minimum = 1, Maximum = 64)] int Good = 2,
    [Option("Number of agents that chase them, the leader among them (num_adversaries).", Minimum = 1, Maximum = 64)] int Adversaries = 4,
    [ParticleOption.Obstacles] int Obstacles = 1,
    [Option("Number of places with food (num_food).", Minimum = 1, Maximum = 64)] int Food = 2,
    [Option("Number of forests that hide who is in them (num_forests).", Minimum = 0, Maximum = 64)] int Forests = 2,
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [Option("Five moves (for the leader the 20 pairs of a move and a word), or as many numbers in 0..1.")] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-world-comm: simple-tag with food that the agents that flee want, forests that hide, and a leader of the adversaries
/// that sees into them and speaks. Lowe et al., NeurIPS 2017; <c>simple_world_comm_v3</c> of mpe2. An adversary is paid 5 for
/// each touching pair of hunter and prey, less a tenth of its distance to the nearest prey; an agent loses 5 for each
/// adversary that touches it and <see cref="SimpleTag.Beyond"/> twice, gains 2 for each food it touches, and loses a
/// twentieth of its distance to the nearest.
/// </summary>
internal sealed class SimpleWorldComm : ParticleWorld
{
    private const int Leader = 0;
    private const int Words = 4;
    private const double Catch = 5;
    private const double LandmarkReach = 0.9; // landmarks of all kinds begin in the square ±0.9

    private readonly SimpleWorldCommOptions options;
    private readonly int agents;
    private readonly int firstFood;
    private readonly int firstForest;

    public SimpleWorldComm(SimpleWorldCommOptions options, int copies)
        : base(SceneOf(options), options.Integration, options.Actions, copies)
    {
        this.options = options;
        agents = Scene.Agents.Count;
        firstFood = agents + options.Obstacles;
        firstForest = firstFood + options.Food;
        var common = 4 + (2 * Scene.Landmarks.Count) + (2 * (agents - 1)) + options.Forests;
        Spec = SpecOf(
            options.MaxSteps,
            [.. Enumerable.Range(0, agents).Select(i => common + (IsAdversary(i) ? (2 * options.Good) + Words : 2 * (options.Good - 1)))]);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random) => Scatter(copy, ref random, LandmarkReach);

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var catches = 0;
            for (var agent = options.Adversaries; agent < agents; agent++)
            {
                var caught = Touched(agent, 0, options.Adversaries, copy);
                var at = Particles.At(agent, copy);
                var reward = (-Catch * caught) - (2 * SimpleTag.Beyond(Particles.X[at])) - (2 * SimpleTag.Beyond(Particles.Y[at]))
                    + (2 * Touched(agent, firstFood, options.Food, copy)) - (0.05 * Nearest(agent, firstFood, options.Food, copy));
                rewards[(agent * Copies) + copy] = (float)reward;
                catches += caught;
            }

            for (var agent = 0; agent < options.Adversaries; agent++)
            {
                var chase = Nearest(agent, options.Adversaries, options.Good, copy);
                rewards[(agent * Copies) + copy] = (float)((Catch * catches) - (0.1 * chase));
            }
        }
    }

    /// <summary>
    /// Own velocity and position, everything else relative to it, the velocities of those that flee, the forests it is in,
    /// and for adversaries what the leader says; zeros for who is hidden.
    /// </summary>
    protected override void See(int agent, int copy, Span<float> row)
    {
        Span<ulong> forests = stackalloc ulong[agents]; // of each agent, one bit a forest it is in
        FindForests(copy, forests);
        var seen = new ObservationRow(Particles, copy, agent, row);
        seen.Velocity(agent);
        seen.Position(agent);
        seen.Offsets(agents, Scene.Landmarks.Count);
        for (var other = 0; other < agents; other++)
        {
            if (other != agent && Sees(agent, other, forests))
            {
                seen.Offset(other);
            }
            else if (other != agent)
            {
                seen.Nothing(2);
            }
        }

        if (IsAdversary(agent))
        {
            SeePreyVelocities(agent, forests, ref seen);
            SeeForests(forests[agent], ref seen);
            seen.Words(Leader, Words);
        }
        else
        {
            SeeForests(forests[agent], ref seen);
            SeePreyVelocities(agent, forests, ref seen);
        }
    }

    private static ParticleScene SceneOf(SimpleWorldCommOptions options)
    {
        return new(
            [
                Hunter("leadadversary-0", "#a62626", speaks: true),
                .. Enumerable.Range(0, options.Adversaries - 1).Select(i => Hunter($"adversary-{i}", "#f27373", speaks: false)),
                .. Enumerable.Range(0, options.Good).Select(i => new Body($"agent-{i}", 0.045, "#73f273", Moves: true, Collides: true, Push: 4, MaxSpeed: 1.3)),
            ],
            [
                .. Enumerable.Range(0, options.Obstacles).Select(i => new Body($"landmark-{i}", 0.2, "#404040", Collides: true)),
                .. Enumerable.Range(0, options.Food).Select(i => new Body($"food-{i}", 0.03, "#2626a6")),
                .. Enumerable.Range(0, options.Forests).Select(i => new Body($"forest-{i}", 0.3, "#99e699")),
            ],
            Words);

        static Body Hunter(string name, string colour, bool speaks) =>
            new(name, 0.075, colour, Moves: true, Collides: true, Speaks: speaks, Push: 3, MaxSpeed: 1);
    }

    private bool IsAdversary(int agent) => agent < options.Adversaries;

    private void FindForests(int copy, Span<ulong> forests)
    {
        for (var agent = 0; agent < agents; agent++)
        {
            forests[agent] = 0;
            for (var forest = 0; forest < options.Forests; forest++)
            {
                forests[agent] |= Particles.Touch(agent, firstForest + forest, copy) ? 1UL << forest : 0;
            }
        }
    }

    // Who is in a forest is seen by those in the same one and by the leader; from within a forest only they are seen.
    private static bool Sees(int agent, int other, ReadOnlySpan<ulong> forests) =>
        (forests[agent] & forests[other]) != 0 || agent == Leader || (forests[agent] | forests[other]) == 0;

    private void SeePreyVelocities(int agent, scoped ReadOnlySpan<ulong> forests, ref ObservationRow seen)
    {
        for (var other = options.Adversaries; other < agents; other++)
        {
            if (other != agent && Sees(agent, other, forests))
            {
                seen.Velocity(other);
            }
            else if (other != agent)
            {
                seen.Nothing(2);
            }
        }
    }

    private void SeeForests(ulong forests, ref ObservationRow seen)
    {
        for (var forest = 0; forest < options.Forests; forest++)
        {
            seen.Number((forests >> forest & 1) == 1 ? 1 : -1);
        }
    }

    private int Touched(int body, int first, int count, int copy)
    {
        var touched = 0;
        for (var other = first; other < first + count; other++)
        {
            touched += Particles.Touch(body, other, copy) ? 1 : 0;
        }

        return touched;
    }

    private double Nearest(int body, int first, int count, int copy)
    {
        var nearest = double.PositiveInfinity;
        for (var other = first; other < first + count; other++)
        {
            nearest = Math.Min(nearest, Particles.Distance(body, other, copy));
        }

        return nearest;
    }
}
