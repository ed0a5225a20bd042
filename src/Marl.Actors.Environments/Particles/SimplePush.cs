using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-push</c>.</summary>
public sealed record SimplePushOptions(
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [ParticleOption.Actions] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-push: an agent goes to one of two landmarks, an adversary that doesn't know which pushes it away. Lowe et al.,
/// NeurIPS 2017; <c>simple_push_v3</c> of mpe2. The agent is paid −|x_agent − y_goal|, the adversary
/// |x_agent − y_goal| − |x_adversary − y_goal|.
/// </summary>
internal sealed class SimplePush : ParticleWorld
{
    private const int Adversary = 0;
    private const int Good = 1;
    private const int FirstLandmark = 2;
    private const int Landmarks = 2;
    private const int AdversaryWidth = 2 + (2 * Landmarks) + 2;
    private const int GoodWidth = AdversaryWidth + 2 + 3 + (3 * Landmarks);

    private static readonly ParticleScene Bodies = new(
        [new("adversary-0", 0.05, "#bf4040", Moves: true, Collides: true), new("agent-0", 0.05, "#404040", Moves: true, Collides: true)],
        [new("landmark-0", 0.05, "#1ae61a"), new("landmark-1", 0.05, "#1a1ae6")],
        Words: 2);

    private static readonly string[] AgentColours = ["#40bf40", "#4040bf"];

    // The agent wears its goal's colour, in a paler shade, and sees that it does.
    private static readonly float[][] WornColours = [[0.25f, 0.75f, 0.25f], [0.25f, 0.25f, 0.75f]];

    private static readonly float[] LandmarkColours = [0.1f, 0.9f, 0.1f, 0.1f, 0.1f, 0.9f];

    public SimplePush(SimplePushOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies, (Good, "goal_a")) =>
        Spec = SpecOf(options.MaxSteps, [AdversaryWidth, GoodWidth]);

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random)
    {
        DrawGoal(copy, ref random);
        Scatter(copy, ref random);
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var goal = Goal(copy);
            var agent = Particles.Distance(Good, goal, copy);
            rewards[copy] = (float)(agent - Particles.Distance(Adversary, goal, copy));
            rewards[Copies + copy] = -(float)agent;
        }
    }

    /// <inheritdoc/>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        seen.Velocity(agent);
        if (agent == Good)
        {
            seen.Offset(Goal(copy));
            seen.Numbers(WornColours[Goal(copy) - FirstLandmark]);
        }

        seen.Offsets(FirstLandmark, Landmarks);
        if (agent == Good)
        {
            seen.Numbers(LandmarkColours);
        }

        seen.Offsets(0, FirstLandmark);
    }

    /// <inheritdoc/>
    protected override string ColourOf(int copy, int body) => body == Good ? AgentColours[Goal(copy) - FirstLandmark] : base.ColourOf(copy, body);
}
