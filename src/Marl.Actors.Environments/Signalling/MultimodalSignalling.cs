using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Environments.Signalling;

/// <summary>The options of <c>environment/multimodal-signalling</c>.</summary>
public sealed record MultimodalSignallingOptions(
    [Option("Modalities of the state, and senders: each sees one.", Minimum = 1, Maximum = 8)] int Modalities = 2,
    [Option("Values of a modality; the receiver has one act for each joint state, values^modalities in all.", Minimum = 2, Maximum = 64)] int Values = 3,
    [Option("How messages get to the receiver: by a channel of the pipeline, or as the senders' actions in this world.")] MessageRoute Messages = MessageRoute.Channel,
    [Option("Words of a sender, when messages go through the world; 0 for as many as values.", Minimum = 0, Maximum = 1024)] int Words = 0,
    [Option("Steps the receiver waits before it acts, for a channel that delays; through the world it waits one more.", Minimum = 0, Maximum = 1000)] int Delay = 0)
{
    /// <summary>Acts of the receiver.</summary>
    internal long Acts => (long)Math.Pow(Values, Modalities);

    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Acts > MostActs)
        {
            yield return ("values", $"{Modalities} modalities of {Values} values are {Acts} acts; there may be {MostActs}.");
        }
    }

    private const int MostActs = 4096;
}

/// <summary>
/// Signalling with several modalities: nature draws a value for each of M modalities, alike; sender i sees the i-th alone, and
/// the receiver must name the joint state, value 0 + V · value 1 + …. All get 1 if it does. With V words each the best is 1;
/// every sender that is cut off divides it by V; random acts get V^−M.
/// </summary>
internal sealed class MultimodalSignalling(MultimodalSignallingOptions options, int copies) : SignallingWorld(
    "multimodal-signalling",
    [.. Enumerable.Range(0, options.Modalities).Select(i => $"sender-{i}")],
    sight: options.Values,
    scene: 0,
    answers: (int)options.Acts,
    words: options.Messages == MessageRoute.Channel ? 0 : options.Words > 0 ? options.Words : options.Values,
    options.Delay,
    copies)
{
    private readonly int[] values = new int[copies * options.Modalities]; // [copies, modalities]

    /// <inheritdoc/>
    protected override Span<int> Scene => values;

    /// <inheritdoc/>
    protected override void Draw(int copy, ref RandomStream random)
    {
        foreach (ref var value in values.AsSpan(copy * options.Modalities, options.Modalities))
        {
            value = random.NextInt(options.Values);
        }
    }

    /// <inheritdoc/>
    protected override int Answer(int copy)
    {
        var joint = 0;
        for (var i = options.Modalities - 1; i >= 0; i--)
        {
            joint = (joint * options.Values) + values[(copy * options.Modalities) + i];
        }

        return joint;
    }

    /// <summary>Its modality, one-hot.</summary>
    protected override void Show(int sender, int copy, Span<float> row) => row[values[(copy * options.Modalities) + sender]] = 1;
}
