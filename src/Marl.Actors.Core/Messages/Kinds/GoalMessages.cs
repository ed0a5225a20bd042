using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary><c>goals</c>: where a coordinator wants one of its members to be, a point of the plane in every copy.</summary>
public static class GoalMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "goals";

    /// <summary>[copies, 2].</summary>
    public const int Goal = 0;

    /// <summary>Floats of a point.</summary>
    public const int Dimensions = 2;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies) => new(Kind, new Field("goal", [copies, Dimensions]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("copies"));

    /// <summary>The port type.</summary>
    public static PortType Type(Term copies) => PortType.Of(Kind, ("copies", copies));
}
