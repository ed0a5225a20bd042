using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// A channel's physics as far as it is the same for every message, so that a learner can repeat it as a formula. What the channel
/// does to single messages (losses, noise, age) travels beside them, where this says so.
/// </summary>
/// <param name="Bandwidth">Bits a speaker may say in a vector step, in equal parts for its rounds; 0 for no limit.</param>
/// <param name="Levels">Equally spaced values a number is rounded to, over its bounds; 0 for none.</param>
/// <param name="AddsNoise">It adds noise to numbers.</param>
/// <param name="KeepsMessages">What is heard may have been said in an earlier step.</param>
/// <param name="HasPrice">Bits cost something.</param>
public sealed record Passage(double Bandwidth, int Levels, bool AddsNoise, bool KeepsMessages, bool HasPrice)
{
    private const double Slack = 1e-9; // of a sum of logarithms

    /// <summary>Bits of one number.</summary>
    public double BitsOfNumber(Utterance utterance) => Levels > 0 ? Math.Log2(Levels) : utterance.BitsOfNumber;

    /// <summary>How many of a message's numbers pass: the first that fit into the bandwidth. A word passes whole, or not at all (0).</summary>
    public int Numbers(Utterance utterance)
    {
        var room = Bandwidth == 0 ? double.PositiveInfinity : (Bandwidth / utterance.Rounds) + Slack;
        return utterance.Speech is Discrete words
            ? Math.Log2(words.Count) <= room ? 1 : 0
            : (int)Math.Min(utterance.Speech.Width, Math.Floor(room / BitsOfNumber(utterance)));
    }

    /// <summary>Bits of one message, as it passes.</summary>
    public double Bits(Utterance utterance) =>
        utterance.Speech is Discrete words ? Math.Log2(words.Count) : Numbers(utterance) * BitsOfNumber(utterance);

    /// <inheritdoc/>
    public override string ToString()
    {
        var words = new List<string>();
        words.AddRange(Bandwidth > 0 ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Bandwidth} bits a step")] : []);
        words.AddRange(Levels > 0 ? [$"{Levels} levels"] : []);
        words.AddRange(AddsNoise ? ["noise"] : []);
        words.AddRange(KeepsMessages ? ["memory"] : []);
        words.AddRange(HasPrice ? ["price"] : []);
        return words.Count == 0 ? "free" : string.Join(", ", words);
    }
}
