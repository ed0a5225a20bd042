using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Environments.Signalling;

/// <summary>The options of <c>environment/whom-to-ask</c>.</summary>
public sealed record WhomToAskOptions(
    [Option("Agents that hold a value each.", Minimum = 2, Maximum = 64)] int Holders = 4,
    [Option("Values to hold.", Minimum = 2, Maximum = 64)] int Values = 3,
    [Option("Whether a guide, and not the receiver, sees whose value is wanted: then the receiver must ask twice.")] bool Guide = false,
    [Option("Steps the receiver waits before it acts, for a channel that delays.", Minimum = 0, Maximum = 1000)] int Delay = 0);

/// <summary>
/// A planted task for attention: holders each hold one of V values, and the receiver must name that of one of them, drawn anew in
/// every episode. It sees which; or a guide does, who must be heard first. All others' messages are of no use. All get 1 if it is
/// right; at random, and for a receiver that hears but does not know whom to listen to, not much more than 1/V.
/// </summary>
internal sealed class WhomToAsk(WhomToAskOptions options, int copies) : SignallingWorld(
    "whom-to-ask",
    [.. Enumerable.Range(0, options.Holders).Select(i => $"holder-{i}"), .. options.Guide ? new[] { "guide" } : []],
    sight: 1 + options.Holders + options.Values,
    scene: options.Guide ? 0 : options.Holders,
    answers: options.Values,
    words: 0,
    options.Delay,
    copies)
{
    private readonly int[] scenes = new int[copies * (options.Holders + 1)]; // [copies]: the values, then whose is wanted

    /// <inheritdoc/>
    protected override Span<int> Scene => scenes;

    /// <inheritdoc/>
    protected override void Draw(int copy, ref RandomStream random)
    {
        var scene = scenes.AsSpan(copy * (options.Holders + 1), options.Holders + 1);
        foreach (ref var value in scene[..^1])
        {
            value = random.NextInt(options.Values);
        }

        scene[^1] = random.NextInt(options.Holders);
    }

    /// <inheritdoc/>
    protected override int Answer(int copy) => scenes[(copy * (options.Holders + 1)) + Wanted(copy)];

    /// <summary>A holder: who it is and its value, one-hot. The guide: 1, and whose value is wanted.</summary>
    protected override void Show(int sender, int copy, Span<float> row)
    {
        var isGuide = sender == options.Holders;
        row[0] = isGuide ? 1 : 0;
        row[1 + (isGuide ? Wanted(copy) : sender)] = 1;
        if (!isGuide)
        {
            row[1 + options.Holders + scenes[(copy * (options.Holders + 1)) + sender]] = 1;
        }
    }

    /// <summary>Whose value is wanted, one-hot, where there is no guide to say so.</summary>
    protected override void ShowReceiver(int copy, Span<float> row)
    {
        if (!options.Guide)
        {
            row[Wanted(copy)] = 1;
        }
    }

    private int Wanted(int copy) => scenes[(copy * (options.Holders + 1)) + options.Holders];
}
