using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>members</c>: what makes up one member of a population but its settings: all it has learned, and what its optimiser keeps.
/// The stamp is that of the last step it learned from.
/// </summary>
public static class MemberMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "members";

    /// <summary>[n]: what it has learned.</summary>
    public const int Weights = 0;

    /// <summary>[m]: what else it takes along (moments of the optimiser, moments of targets). Of no meaning to others.</summary>
    public const int Luggage = 1;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int weights, int luggage) => new(Kind, new("weights", [weights]), new("luggage", [luggage]));

    /// <summary>The port type.</summary>
    /// <param name="weights">Of what the weights are: a number, or a range of parameters.</param>
    /// <param name="times">Numbers of luggage for each weight.</param>
    /// <param name="more">Numbers of luggage besides.</param>
    public static PortType Type(Term weights, Term times, Term more) => PortType.Of(Kind, ("weights", weights), ("times", times), ("more", more));

    /// <summary>How many numbers of luggage go with that many of weights, by a resolved type of members or orders.</summary>
    public static int LuggageOf(PortType type, int weights) => (type.Get<int>("times") * weights) + type.Get<int>("more");
}

/// <summary>
/// <c>orders</c>: with which settings a member goes on, and from whose weights, if not from its own. The stamp is that of the
/// members it was judged by.
/// </summary>
public static class OrderMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "orders";

    /// <summary>[settings]: their values, in the order of their names.</summary>
    public const int Settings = 0;

    /// <summary>[1]: the seat of the member whose weights it goes on with.</summary>
    public const int From = 1;

    /// <summary>[n]: these weights; nothing where they are its own.</summary>
    public const int Weights = 2;

    /// <summary>[m]: what goes with them; likewise.</summary>
    public const int Luggage = 3;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int settings, int weights, int luggage) =>
        new(Kind, new("settings", [settings]), new("from", [1]), new("weights", [weights]), new("luggage", [luggage]));

    /// <summary>The port type.</summary>
    /// <param name="settings">Names of the settings.</param>
    /// <param name="every">Updates of a member between two orders.</param>
    /// <param name="weights">As of <see cref="MemberMessages"/>.</param>
    /// <param name="times">Likewise.</param>
    /// <param name="more">Likewise.</param>
    public static PortType Type(Term settings, Term every, Term weights, Term times, Term more) =>
        PortType.Of(Kind, ("settings", settings), ("every", every), ("weights", weights), ("times", times), ("more", more));
}
