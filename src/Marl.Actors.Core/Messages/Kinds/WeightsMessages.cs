using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary><c>weights</c>: all parameters of one policy as one vector. The stamp's update is the version.</summary>
public static class WeightsMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "weights";

    /// <summary>[parameters], in the order of the network's layers.</summary>
    public const int Parameters = 0;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int parameters) => new(Kind, new Field("parameters", [parameters]));

    /// <summary>The port type; <paramref name="policy"/> says whose parameters these are (see <c>PolicySpec</c>).</summary>
    public static PortType Type(Term policy) => PortType.Of(Kind, ("policy", policy));
}
