using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary><c>actions</c>: what one agent does in every copy.</summary>
public static class ActionMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "actions";

    /// <summary>[copies] indexes for a discrete space, [copies, length] for a box.</summary>
    public const int Action = 0;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, Space action) => new(Kind, new Field("action", [copies, action.Width]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies"), type.Get<Space>("action"));

    /// <summary>The port type.</summary>
    public static PortType Type(Term copies, Term action) => PortType.Of(Kind, ("copies", copies), ("action", action));
}
