using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>priorities</c>: how far a learner was off on each item of a batch, in the order of the batch and with its stamp; absent where
/// the batch was.
/// </summary>
public static class PriorityMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "priorities";

    /// <summary>[B]: the greatest |δ| of the item, over its transitions and whoever learned from them.</summary>
    public const int Greatest = 0;

    /// <summary>[B]: the mean |δ| over the same.</summary>
    public const int Mean = 1;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int items) => new(Kind, new("greatest", [items]), new("mean", [items]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("items"));

    /// <summary>The port type, for batches of <paramref name="items"/> items.</summary>
    public static PortType Type(Term items) => PortType.Of(Kind, ("items", items));
}
