using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>exchanges</c>: what one agent said and heard in the T vector steps of a rollout, time-major, K rounds a step: beside the
/// <c>rollouts</c> of the same stamp, all that a learner needs to repeat the exchange. N are the speakers of the channel.
/// </summary>
public static class ExchangeMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "exchanges";

    /// <summary>[T, K, copies, width]: the words it chose, or the noise it added to its bits; nothing where the learner knows what it said.</summary>
    public const int Said = 0;

    /// <summary>[T, K, copies]: 1 where it spoke, 0 where it chose to be silent, −1 where it had no say.</summary>
    public const int Spoke = 1;

    /// <summary>[T, K, copies]: whom it spoke to; only of agents that say so.</summary>
    public const int Address = 2;

    /// <summary>[T, K, copies, N, width]: what arrived; only where a learner can't make it from what was said: words, and a channel that keeps messages.</summary>
    public const int Heard = 3;

    /// <summary>[T, K, copies, N]: how strong it arrived; see <see cref="HeardMessages.Gain"/>.</summary>
    public const int Gain = 4;

    /// <summary>[T, K, copies, N, width]: what the channel added; only of a channel with noise, to numbers.</summary>
    public const int Noise = 5;

    /// <summary>[T, K, copies, N]: how many steps ago it was said; only of a channel that keeps messages.</summary>
    public const int Age = 6;

    /// <summary>The layout.</summary>
    /// <param name="length">T.</param>
    /// <param name="copies">B.</param>
    /// <param name="utterance">What is said, in K rounds.</param>
    /// <param name="speakers">N.</param>
    /// <param name="said">Numbers of its own to remember of each message.</param>
    /// <param name="passage">What the channel does.</param>
    public static MessageLayout Layout(int length, int copies, Utterance utterance, int speakers, int said, Passage passage)
    {
        var (isWord, rounds, width) = (utterance.Speech is Discrete, utterance.Rounds, utterance.Speech.Width);
        return new(
            Kind,
            new("said", [length, rounds, copies, said]),
            new("spoke", [length, rounds, copies]),
            new("address", [utterance.IsAddressed ? length : 0, rounds, copies]),
            new("heard", [isWord || passage.KeepsMessages ? length : 0, rounds, copies, speakers, width]),
            new("gain", [length, rounds, copies, speakers]),
            new("noise", [passage.AddsNoise && !isWord ? length : 0, rounds, copies, speakers, width]),
            new("age", [passage.KeepsMessages && !isWord ? length : 0, rounds, copies, speakers]));
    }

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(
        type.Get<int>("length"), type.Get<int>("copies"), type.Get<Utterance>("utterance"), type.Get<int>("speakers"), type.Get<int>("said"), type.Get<Passage>("passage"));

    /// <summary>The port type; <paramref name="said"/> as in the layout, the others as in <see cref="HeardMessages.Type"/>.</summary>
    public static PortType Type(Term length, Term copies, Term utterance, Term speakers, Term said, Term seat, Term passage, Term policy) => PortType.Of(
        Kind,
        ("length", length),
        ("copies", copies),
        ("utterance", utterance),
        ("speakers", speakers),
        ("said", said),
        ("seat", seat),
        ("passage", passage),
        ("policy", policy));
}
