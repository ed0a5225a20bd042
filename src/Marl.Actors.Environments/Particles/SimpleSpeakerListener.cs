using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-speaker-listener</c>.</summary>
public sealed record SimpleSpeakerListenerOptions(
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [ParticleOption.Integration] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [Option("Three words and five discrete moves, or as many numbers in 0..1.")] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-speaker-listener: one agent sees which of three landmarks is meant and says one of three words; the other hears
/// the word and goes there. Lowe et al., NeurIPS 2017; <c>simple_speaker_listener_v4</c> of mpe2. Both are paid
/// −|x_listener − y_goal|².
/// </summary>
internal sealed class SimpleSpeakerListener : ParticleWorld
{
    private const int Speaker = 0;
    private const int Listener = 1;
    private const int Words = 3;
    private const int FirstLandmark = 2;
    private const int Landmarks = 3;
    private const int Colours = 3;
    private const int ListenerWidth = 2 + (2 * Landmarks) + Words;

    private static readonly ParticleScene Bodies = new(
        [new("speaker-0", 0.075, "#404040", Speaks: true), new("listener-0", 0.075, "#808080", Moves: true)],
        [new("landmark-0", 0.04, "#a62626"), new("landmark-1", 0.04, "#26a626"), new("landmark-2", 0.04, "#2626a6")],
        Words);

    private static readonly string[] ListenerColours = ["#ff9999", "#99ff99", "#9999ff"];

    // Red, green and blue of the landmarks, as the speaker sees the one that is meant.
    private static readonly float[][] LandmarkColours = [[0.65f, 0.15f, 0.15f], [0.15f, 0.65f, 0.15f], [0.15f, 0.15f, 0.65f]];

    public SimpleSpeakerListener(SimpleSpeakerListenerOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies, (Speaker, "goal_b")) =>
        Spec = SpecOf(options.MaxSteps, [Colours, ListenerWidth]);

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
            var reward = -(float)Particles.SquaredDistance(Listener, Goal(copy), copy);
            rewards[copy] = reward;
            rewards[Copies + copy] = reward;
        }
    }

    /// <inheritdoc/>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        if (agent == Speaker)
        {
            seen.Numbers(LandmarkColours[Goal(copy) - FirstLandmark]);
            return;
        }

        seen.Velocity(Listener);
        seen.Offsets(FirstLandmark, Landmarks);
        seen.Words(Speaker, Words);
    }

    /// <inheritdoc/>
    protected override string ColourOf(int copy, int body) =>
        body == Listener ? ListenerColours[Goal(copy) - FirstLandmark] : base.ColourOf(copy, body);
}
