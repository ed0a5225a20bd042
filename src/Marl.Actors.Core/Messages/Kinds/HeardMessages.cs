using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>heard</c>: what a channel brings one listener in every copy, in one round of a vector step, and what it did on the way:
/// what it lost (the gain), and what it added (the noise). From these a learner repeats the exchange.
/// </summary>
public static class HeardMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "heard";

    /// <summary>[copies, speakers, width]: what arrived of each speaker, gain and noise included; 0 where nothing did.</summary>
    public const int Content = 0;

    /// <summary>
    /// [copies, speakers]: 0 where nothing arrived (silence, a lost or destroyed message, the listener itself), else how strong:
    /// 1, or less for a trace that fades.
    /// </summary>
    public const int Gain = 1;

    /// <summary>[copies, speakers, width]: what was added to each number; only of a channel with noise.</summary>
    public const int Noise = 2;

    /// <summary>[copies, speakers]: how many vector steps ago it was said; only of a channel that keeps messages.</summary>
    public const int Age = 3;

    /// <summary>[copies]: what the listener pays for the bits it said itself in this round; only of a channel with a price.</summary>
    public const int Cost = 4;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, int speakers, Utterance utterance, Passage passage)
    {
        var width = utterance.Speech.Width;
        return new(
            Kind,
            new("content", [copies, speakers, width]),
            new("gain", [copies, speakers]),
            new("noise", [passage.AddsNoise ? copies : 0, speakers, width]),
            new("age", [passage.KeepsMessages ? copies : 0, speakers]),
            new("cost", [passage.HasPrice ? copies : 0]));
    }

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) =>
        Layout(type.Get<int>("copies"), type.Get<int>("speakers"), type.Get<Utterance>("utterance"), type.Get<Passage>("passage"));

    /// <summary>
    /// The port type. <paramref name="utterance"/> is an <see cref="Utterance"/>, <paramref name="passage"/> a <see cref="Passage"/>;
    /// <paramref name="seat"/> is the position of the listener among the speakers.
    /// </summary>
    public static PortType Type(Term copies, Term utterance, Term speakers, Term listener, Term seat, Term passage) => PortType.Of(
        Kind,
        ("copies", copies),
        ("utterance", utterance),
        ("speakers", speakers),
        ("listener", listener),
        ("seat", seat),
        ("passage", passage));
}
