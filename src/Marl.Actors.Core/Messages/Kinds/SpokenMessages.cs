using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>messages</c>: what one agent says in every copy, in one round of a vector step; the stamp's round counts them. Channels
/// take it.
/// </summary>
public static class SpokenMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "messages";

    /// <summary>[copies, width]: the word's index for a discrete space, the numbers for a box.</summary>
    public const int Content = 0;

    /// <summary>[copies]: 1 where it speaks, 0 where it is silent.</summary>
    public const int Speaks = 1;

    /// <summary>[copies]: 1 where an episode begins with this step: what was said before it concerns nobody any more.</summary>
    public const int Begins = 2;

    /// <summary>[copies]: whom it is for, as an index among the listeners; only of agents that say so.</summary>
    public const int Address = 3;

    /// <summary>[copies, coordinates]: where the speaker is; only of agents that say so.</summary>
    public const int Place = 4;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, Utterance utterance) => new(
        Kind,
        new("content", [copies, utterance.Speech.Width]),
        new("speaks", [copies]),
        new("begins", [copies]),
        new("address", [utterance.IsAddressed ? copies : 0]),
        new("place", [copies, utterance.Coordinates]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies"), type.Get<Utterance>("utterance"));

    /// <summary>The port type; <paramref name="utterance"/> is an <see cref="Utterance"/>, <paramref name="speaker"/> a name.</summary>
    public static PortType Type(Term copies, Term utterance, Term speaker) =>
        PortType.Of(Kind, ("copies", copies), ("utterance", utterance), ("speaker", speaker));
}
