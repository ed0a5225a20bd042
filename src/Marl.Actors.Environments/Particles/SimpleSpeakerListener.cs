using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-speaker-listener</c>.</summary>
public sealed record SimpleSpeakerListenerOptions(
    [Option("Steps after which an episode is cut (max_cycles).", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 25,
    [Option("Which of position and velocity moves first; published figures differ by it.")] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
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
    private const int Heard = 2 + (2 * Landmarks);       // where the word begins in the listener's observation
    private const int ListenerWidth = Heard + Words;
    private const string GoalLandmark = "goal_b";

    private static readonly ParticleScene Bodies = new(
        [new("speaker-0", 0.075, "#404040", Speaks: true), new("listener-0", 0.075, "#808080", Moves: true)],
        [new("landmark-0", 0.04, "#a62626"), new("landmark-1", 0.04, "#26a626"), new("landmark-2", 0.04, "#2626a6")],
        Words);

    private static readonly string[] ListenerColours = ["#ff9999", "#99ff99", "#9999ff"];

    private readonly int[] goals; // [copies]: index of the landmark meant

    public SimpleSpeakerListener(SimpleSpeakerListenerOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies)
    {
        goals = new int[copies];
        Spec = new(
            [Agent(Speaker, Colours), Agent(Listener, ListenerWidth)],
            RewardConvention.PerAgent,
            options.MaxSteps,
            StateWidth: Colours + ListenerWidth);
    }

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(int Agent, string Name)> Goals { get; } = [(Speaker, GoalLandmark)];

    /// <inheritdoc/>
    public override bool TakeGoal(int copy, int agent, string name, int body)
    {
        if ((agent, name) != (Speaker, GoalLandmark) || body < FirstLandmark)
        {
            return false;
        }

        goals[copy] = body - FirstLandmark;
        return true;
    }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random)
    {
        goals[copy] = random.NextInt(Landmarks);
        Scatter(copy, ref random);
    }

    /// <inheritdoc/>
    public override void Observe(int agent, Span<float> observations)
    {
        var width = agent == Speaker ? Colours : ListenerWidth;
        for (var copy = 0; copy < Copies; copy++)
        {
            See(agent, copy, observations.Slice(copy * width, width));
        }
    }

    /// <summary>Both observations, one after the other.</summary>
    public override void State(Span<float> state)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * (Colours + ListenerWidth), Colours + ListenerWidth);
            See(Speaker, copy, row[..Colours]);
            See(Listener, copy, row[Colours..]);
        }
    }

    /// <inheritdoc/>
    public override void Save(StageSnapshot snapshot)
    {
        base.Save(snapshot);
        snapshot.Put<int>("speaker-listener.goals", goals);
    }

    /// <inheritdoc/>
    public override void Load(StageSnapshot snapshot)
    {
        base.Load(snapshot);
        snapshot.GetInto<int>("speaker-listener.goals", goals);
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var (listener, goal) = (Particles.At(Listener, copy), Particles.At(FirstLandmark + goals[copy], copy));
            var (dx, dy) = (Particles.X[listener] - Particles.X[goal], Particles.Y[listener] - Particles.Y[goal]);
            var reward = -(float)((dx * dx) + (dy * dy));
            rewards[copy] = reward;
            rewards[Copies + copy] = reward;
        }
    }

    /// <inheritdoc/>
    protected override string ColourOf(int copy, int body) => body == Listener ? ListenerColours[goals[copy]] : base.ColourOf(copy, body);

    private void See(int agent, int copy, Span<float> row)
    {
        if (agent == Speaker)
        {
            row.Fill(0.15f);
            row[goals[copy]] = 0.65f; // the landmark's red, green and blue
            return;
        }

        var self = Particles.At(Listener, copy);
        row[0] = (float)Particles.VelocityX[self];
        row[1] = (float)Particles.VelocityY[self];
        for (var landmark = 0; landmark < Landmarks; landmark++)
        {
            var at = Particles.At(FirstLandmark + landmark, copy);
            row[2 + (2 * landmark)] = (float)(Particles.X[at] - Particles.X[self]);
            row[3 + (2 * landmark)] = (float)(Particles.Y[at] - Particles.Y[self]);
        }

        for (var word = 0; word < Words; word++)
        {
            row[Heard + word] = (float)Particles.Utterance[Particles.At(Speaker, word, copy)];
        }
    }
}
