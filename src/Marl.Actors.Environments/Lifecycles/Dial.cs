using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Lifecycles;

/// <summary>The options of <c>environment/dial</c>.</summary>
public sealed record DialOptions(
    [Option("Words, and numbers that may be meant.", Minimum = 2, Maximum = 64)] int Words = 4,
    [Option("Steps after which an episode is cut.", Minimum = 1, Maximum = 1_000_000)] int MaxSteps = 10);

/// <summary>
/// Dial, the small world for agents that differ in spaces: the caller sees which of n evenly spaced numbers in 0..1 is meant
/// and says one of n words (discrete); the tuner hears it one step later, sees its dial, and sets it anew (a box). Both are
/// paid −(dial − number)². Best is a word for each number; only the first setting is a guess, of 1/2, for
/// −(n + 1) / (12 (n − 1)) on average.
/// </summary>
internal sealed class Dial : IWorld
{
    private const int Tuner = 1;
    private const float Middle = 0.5f;

    private readonly int words;
    private readonly int[] meant;   // [copies]
    private readonly int[] heard;   // [copies]: a word, −1 before the first
    private readonly float[] dials; // [copies]

    public Dial(DialOptions options, int copies)
    {
        words = options.Words;
        Copies = copies;
        (meant, heard, dials) = (new int[copies], new int[copies], new float[copies]);
        Spec = new(
            [
                new("caller", new Box(words, 0, 1), new Discrete(words)),
                new("tuner", new Box(words + 1, 0, 1), new Box(1, 0, 1)),
            ],
            RewardConvention.TeamMean,
            options.MaxSteps,
            StateWidth: (2 * words) + 1);
    }

    /// <inheritdoc/>
    public WorldSpec Spec { get; }

    /// <inheritdoc/>
    public int Copies { get; }

    /// <inheritdoc/>
    public void Reset(int copy, ref RandomStream random) => (meant[copy], heard[copy], dials[copy]) = (random.NextInt(words), -1, Middle);

    /// <inheritdoc/>
    public void Step(JointActions actions, ref RandomStream random, Span<float> rewards, Span<float> terminated)
    {
        var said = actions[0];
        var turned = actions[Tuner];
        for (var copy = 0; copy < Copies; copy++)
        {
            var word = (int)said[copy];
            if ((uint)word >= (uint)words)
            {
                throw new ArgumentOutOfRangeException(nameof(actions), $"'caller' has no action {word}.");
            }

            (heard[copy], dials[copy]) = (word, Math.Clamp(turned[copy], 0, 1));
            var error = dials[copy] - ((double)meant[copy] / (words - 1));
            rewards[copy] = -(float)(error * error);
            rewards[Copies + copy] = rewards[copy];
        }
    }

    /// <summary>The caller: the number meant, one-hot. The tuner: the word heard, one-hot (zeros before the first), and its dial.</summary>
    public void Observe(int agent, Span<float> observations)
    {
        observations.Clear();
        var width = agent == Tuner ? words + 1 : words;
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = observations.Slice(copy * width, width);
            Mark(row, agent == Tuner ? heard[copy] : meant[copy]);
            if (agent == Tuner)
            {
                row[words] = dials[copy];
            }
        }
    }

    /// <summary>The number meant and the word heard, one-hot, and the dial.</summary>
    public void State(Span<float> state)
    {
        state.Clear();
        for (var copy = 0; copy < Copies; copy++)
        {
            var row = state.Slice(copy * Spec.StateWidth, Spec.StateWidth);
            Mark(row, meant[copy]);
            Mark(row[words..], heard[copy]);
            row[2 * words] = dials[copy];
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<int>("dial.meant", meant);
        snapshot.Put<int>("dial.heard", heard);
        snapshot.Put<float>("dial.dials", dials);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<int>("dial.meant", meant);
        snapshot.GetInto<int>("dial.heard", heard);
        snapshot.GetInto<float>("dial.dials", dials);
    }

    private static void Mark(Span<float> row, int which)
    {
        if (which >= 0)
        {
            row[which] = 1;
        }
    }
}
