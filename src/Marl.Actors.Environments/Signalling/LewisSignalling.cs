using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Environments.Signalling;

/// <summary>The options of <c>environment/lewis-signalling</c>.</summary>
public sealed record LewisSignallingOptions(
    [Option("States of nature, and acts; each state has one right act.", Minimum = 2, Maximum = 1024)] int States = 4,
    [Option("How the message gets to the receiver: by a channel of the pipeline, or as the sender's action in this world.")] MessageRoute Messages = MessageRoute.Channel,
    [Option("Words of the sender, when messages go through the world; 0 for as many as states.", Minimum = 0, Maximum = 1024)] int Words = 0,
    [Option("Steps the receiver waits before it acts, for a channel that delays; through the world it waits one more.", Minimum = 0, Maximum = 1000)] int Delay = 0);

/// <summary>
/// The signalling game of Lewis, Convention, 1969: nature draws one of S states, alike; the sender sees it and the receiver
/// acts. Both get 1 if the act is the one for the state. With S words the best is 1, with W &lt; S words W/S, with a message
/// that is lost with probability p (1 − p) + p/S, with the channel cut, and with random acts, 1/S.
/// </summary>
internal sealed class LewisSignalling(LewisSignallingOptions options, int copies) : SignallingWorld(
    "lewis-signalling",
    ["sender"],
    sight: options.States,
    scene: 0,
    answers: options.States,
    words: options.Messages == MessageRoute.Channel ? 0 : options.Words > 0 ? options.Words : options.States,
    options.Delay,
    copies)
{
    private readonly int[] states = new int[copies];

    /// <inheritdoc/>
    protected override Span<int> Scene => states;

    /// <inheritdoc/>
    protected override void Draw(int copy, ref RandomStream random) => states[copy] = random.NextInt(options.States);

    /// <inheritdoc/>
    protected override int Answer(int copy) => states[copy];

    /// <summary>The state, one-hot.</summary>
    protected override void Show(int sender, int copy, Span<float> row) => row[states[copy]] = 1;
}
