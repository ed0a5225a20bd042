using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Environments.Signalling;

/// <summary>The options of <c>environment/referential</c>.</summary>
public sealed record ReferentialOptions(
    [Option("Objects beside the target that the receiver sees.", Minimum = 1, Maximum = 63)] int Distractors = 4,
    [Option("Attributes of an object.", Minimum = 1, Maximum = 8)] int Attributes = 2,
    [Option("Values of an attribute; there are values^attributes objects.", Minimum = 2, Maximum = 64)] int Values = 4,
    [Option("How the message gets to the receiver: by a channel of the pipeline, or as the sender's action in this world.")] MessageRoute Messages = MessageRoute.Channel,
    [Option("Words of the sender, when messages go through the world; 0 for as many as objects.", Minimum = 0, Maximum = 4096)] int Words = 0,
    [Option("Steps the receiver waits before it acts, for a channel that delays; through the world it waits one more.", Minimum = 0, Maximum = 1000)] int Delay = 0)
{
    /// <summary>All there are.</summary>
    internal long Objects => (long)Math.Pow(Values, Attributes);

    /// <summary>What can't be together.</summary>
    internal IEnumerable<(string Option, string Sentence)> Conflicts()
    {
        if (Objects <= Distractors)
        {
            yield return ("distractors", $"{Attributes} attributes of {Values} values are {Objects} objects, too few for a target and {Distractors} distractors.");
        }

        if (Objects > MostObjects)
        {
            yield return ("values", $"{Attributes} attributes of {Values} values are {Objects} objects; there may be {MostObjects}.");
        }
    }

    private const int MostObjects = 4096;
}

/// <summary>
/// The referential game: the sender sees an object, the receiver the same among k others, all different and in random order;
/// both get 1 if the receiver picks it. Lazaridou, Peysakhovich, Baroni, ICLR 2017; objects are vectors of attributes, as in
/// Kottur et al., EMNLP 2017. A word for each object makes the best 1. With W words for N objects, in classes of c = N/W, it
/// is the chance to tell them apart: W · (1 − C(N − c, k + 1) / C(N, k + 1)) / (k + 1). Cut off, and at random, 1/(k + 1).
/// </summary>
internal sealed class Referential : SignallingWorld
{
    private readonly int attributes;
    private readonly int values;
    private readonly int shown;    // candidates
    private readonly int objects;  // of which they are drawn
    private readonly int width;    // floats of one object
    private readonly int[] scenes; // [copies, candidates + 1]: the candidates, then the target's place among them

    public Referential(ReferentialOptions options, int copies)
        : base(
            "referential",
            ["sender"],
            sight: options.Attributes * options.Values,
            scene: (options.Distractors + 1) * options.Attributes * options.Values,
            answers: options.Distractors + 1,
            words: options.Messages == MessageRoute.Channel ? 0 : options.Words > 0 ? options.Words : (int)options.Objects,
            options.Delay,
            copies)
    {
        (attributes, values, shown, objects) = (options.Attributes, options.Values, options.Distractors + 1, (int)options.Objects);
        width = attributes * values;
        scenes = new int[copies * (shown + 1)];
    }

    /// <inheritdoc/>
    protected override Span<int> Scene => scenes;

    /// <summary>Different objects, each set and order of them alike (Floyd's sampling, then shuffled), and one of them the target.</summary>
    protected override void Draw(int copy, ref RandomStream random)
    {
        var candidates = CandidatesOf(copy);
        for (var i = 0; i < shown; i++)
        {
            var last = objects - shown + i;
            var drawn = random.NextInt(last + 1);
            candidates[i] = candidates[..i].Contains(drawn) ? last : drawn;
        }

        random.Shuffle(candidates);
        scenes[(copy * (shown + 1)) + shown] = random.NextInt(shown);
    }

    /// <inheritdoc/>
    protected override int Answer(int copy) => scenes[(copy * (shown + 1)) + shown];

    /// <summary>The target's attributes, each one-hot.</summary>
    protected override void Show(int sender, int copy, Span<float> row) => Describe(CandidatesOf(copy)[Answer(copy)], row);

    /// <summary>The candidates one after another.</summary>
    protected override void ShowReceiver(int copy, Span<float> row)
    {
        var candidates = CandidatesOf(copy);
        for (var i = 0; i < shown; i++)
        {
            Describe(candidates[i], row.Slice(i * width, width));
        }
    }

    private Span<int> CandidatesOf(int copy) => scenes.AsSpan(copy * (shown + 1), shown);

    private void Describe(int which, Span<float> row)
    {
        for (var attribute = 0; attribute < attributes; attribute++)
        {
            row[(attribute * values) + (which % values)] = 1;
            which /= values;
        }
    }
}
