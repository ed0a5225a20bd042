using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>shares</c>: what one participant of a collective operation says to another in one round, a piece of the block that all of
/// them work on. Absent where it has nothing to say. The stamp is that of the participants' own tokens, with the round.
/// </summary>
public static class ShareMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "shares";

    /// <summary>[n]: the piece.</summary>
    public const int Share = 0;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int length) => new(Kind, new Field("share", [length]));

    /// <summary>The port type; <paramref name="range"/> says of what, <paramref name="over"/> into how many pieces a token's mean length divides the block.</summary>
    public static PortType Type(Term range, Term over) => PortType.Of(Kind, ("range", range), ("over", over));
}
