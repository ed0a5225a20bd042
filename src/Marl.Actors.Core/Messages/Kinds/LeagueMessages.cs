using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>matches</c>: whom a seat of the world stands for in each group of its copies, until the next token. Groups are equal
/// stretches of the copies, in order. The stamp's update counts the tokens.
/// </summary>
public static class MatchMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "matches";

    /// <summary>In <see cref="Stands"/>: the main player as it is now.</summary>
    public const int Main = -1;

    /// <summary>In <see cref="Stands"/>: the exploiter as it is now.</summary>
    public const int Exploiter = -2;

    /// <summary>[groups]: <see cref="Main"/>, <see cref="Exploiter"/>, or 0 for the past player whose parameters are the group's row.</summary>
    public const int Stands = 0;

    /// <summary>[groups]: who learns from what the seat does: <see cref="Main"/>, <see cref="Exploiter"/> or 0 for nobody.</summary>
    public const int Learns = 1;

    /// <summary>[groups]: 1 where another match begins; episodes under way then belong to no match.</summary>
    public const int Begins = 2;

    /// <summary>[groups, parameters]: of past players; 0 in the rows of others.</summary>
    public const int Parameters = 3;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int groups, int parameters) =>
        new(Kind, new("stands", [groups]), new("learns", [groups]), new("begins", [groups]), new("parameters", [groups, parameters]));

    /// <summary>The port type; <paramref name="policy"/> and <paramref name="exploiter"/> say who plays at the seat.</summary>
    public static PortType Type(Term groups, Term policy, Term exploiter) => PortType.Of(Kind, ("groups", groups), ("policy", policy), ("exploiter", exploiter));
}

/// <summary>
/// <c>results</c>: what came of a seat's matches since the last token, and who sits there now. Only episodes count that began in
/// the match they ended in. The stamp is that of the step the next matches begin at.
/// </summary>
public static class ResultMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "results";

    /// <summary>[groups]: episodes that ended.</summary>
    public const int Episodes = 0;

    /// <summary>[groups]: how many of them the seat won, a draw being half of one: won is a return above 0.</summary>
    public const int Score = 1;

    /// <summary>[groups]: sum of the seat's returns.</summary>
    public const int Return = 2;

    /// <summary>[parameters]: the main player as it is now.</summary>
    public const int Main = 3;

    /// <summary>[parameters]: the exploiter; only where there is one.</summary>
    public const int Exploiter = 4;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int groups, int parameters, bool hasExploiter) => new(
        Kind,
        new("episodes", [groups]),
        new("score", [groups]),
        new("return", [groups]),
        new("main", [parameters]),
        new("exploiter", [hasExploiter ? parameters : 0]));

    /// <summary>The port type; <paramref name="policy"/> and <paramref name="exploiter"/> say who plays at the seat.</summary>
    public static PortType Type(Term groups, Term policy, Term exploiter) => PortType.Of(Kind, ("groups", groups), ("policy", policy), ("exploiter", exploiter));
}
