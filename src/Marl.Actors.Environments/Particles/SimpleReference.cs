using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-reference</c>.</summary>
public sealed record SimpleReferenceOptions(
    [Option("Weight of an agent's own distance against the mean of both: 0 pays the team only.", Minimum = 0, Maximum = 1)] double LocalRatio = 0.5,
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [Option("The 50 pairs of a move and a word (move + 5 · word), or five pushes and ten words in 0..1.")] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-reference: two agents, each of which knows where the other must go, move and speak at once. Lowe et al., NeurIPS
/// 2017; <c>simple_reference_v3</c> of mpe2. With d_i the distance of the other agent to the landmark that i knows of, agent i
/// is paid −(w · d_i + (1 − w) · (d_0 + d_1) / 2), w the local ratio.
/// </summary>
internal sealed class SimpleReference : ParticleWorld
{
    private const int Words = 10;
    private const int FirstLandmark = 2;
    private const int Landmarks = 3;
    private const int Colours = 3;

    private static readonly ParticleScene Bodies = new(
        [new("agent-0", 0.05, "#404040", Moves: true, Speaks: true), new("agent-1", 0.05, "#404040", Moves: true, Speaks: true)],
        [new("landmark-0", 0.05, "#bf4040"), new("landmark-1", 0.05, "#40bf40"), new("landmark-2", 0.05, "#4040bf")],
        Words);

    private static readonly float[][] LandmarkColours = [[0.75f, 0.25f, 0.25f], [0.25f, 0.75f, 0.25f], [0.25f, 0.25f, 0.75f]];

    private readonly double localRatio;

    public SimpleReference(SimpleReferenceOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies, (0, "goal_b"), (1, "goal_b"))
    {
        localRatio = options.LocalRatio;
        const int width = 2 + (2 * Landmarks) + Colours + Words;
        Spec = SpecOf(options.MaxSteps, [width, width]);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random)
    {
        DrawGoal(copy, ref random, goal: 0);
        DrawGoal(copy, ref random, goal: 1);
        Scatter(copy, ref random);
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var (first, second) = (Particles.Distance(1, Goal(copy, 0), copy), Particles.Distance(0, Goal(copy, 1), copy));
            var team = (first + second) / 2 * (1 - localRatio);
            rewards[copy] = -(float)(team + (first * localRatio));
            rewards[Copies + copy] = -(float)(team + (second * localRatio));
        }
    }

    /// <summary>Own velocity, landmarks relative to it, the colour of the landmark the other must find, and what the other says.</summary>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        seen.Velocity(agent);
        seen.Offsets(FirstLandmark, Landmarks);
        seen.Numbers(LandmarkColours[Goal(copy, agent) - FirstLandmark]);
        seen.Words(1 - agent, Words);
    }

    /// <summary>An agent wears the colour of the landmark it must find.</summary>
    protected override string ColourOf(int copy, int body) => base.ColourOf(copy, body < FirstLandmark ? Goal(copy, 1 - body) : body);
}
