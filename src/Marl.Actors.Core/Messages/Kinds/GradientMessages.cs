using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>gradients</c>: what one learner would change of a range of parameters. The stamp is its update and, from 1, the minibatch
/// in it; the first message of each, at 0.0, holds the parameters it begins with instead.
/// </summary>
public static class GradientMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "gradients";

    /// <summary>[n]: of the range.</summary>
    public const int Gradient = 0;

    /// <summary>[3]: which learner it comes from; the version of the parameters it was made with; 1 for the last of an update, else 0.</summary>
    public const int Origin = 1;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int length) => new(Kind, new("gradient", [length]), new("origin", [3]));

    /// <summary>The port type; <paramref name="range"/> says of what, and which part.</summary>
    public static PortType Type(Term range) => PortType.Of(Kind, ("range", range));
}

/// <summary><c>parameters</c>: a range of all that is learned. The stamp's update is the version: steps the server has done.</summary>
public static class ParameterMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "parameters";

    /// <summary>[n]: of the range.</summary>
    public const int Parameters = 0;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int length) => new(Kind, new Field("parameters", [length]));

    /// <summary>The port type; <paramref name="range"/> says of what, and which part.</summary>
    public static PortType Type(Term range) => PortType.Of(Kind, ("range", range));
}
