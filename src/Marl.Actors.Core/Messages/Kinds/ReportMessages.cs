using Marl.Actors.Core.Results;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary><c>metrics</c>: named numbers about one update. Every field is one number.</summary>
public static class MetricMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "metrics";

    /// <summary>The layout for the given names.</summary>
    public static MessageLayout Layout(params ReadOnlySpan<string> names)
    {
        var fields = new Field[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            fields[i] = new(names[i], [1]);
        }

        return new(Kind, fields.ToValues());
    }

    /// <summary>The port type.</summary>
    public static PortType Type() => PortType.Of(Kind);
}

/// <summary><c>episodes</c>: sums over the training episodes that ended in one iteration.</summary>
public static class EpisodeMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "episodes";

    /// <summary>[1]: how many ended.</summary>
    public const int Count = 0;

    /// <summary>[1]: sum of their lengths, in steps.</summary>
    public const int Length = 1;

    /// <summary>[agents]: sum of each agent's undiscounted returns.</summary>
    public const int Return = 2;

    /// <summary>[1]: how many of them succeeded; only of worlds that have successes.</summary>
    public const int Success = 3;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int agents, bool hasSuccess = false) => hasSuccess
        ? new(Kind, new("count", [1]), new("length", [1]), new("return", [agents]), new("success", [1]))
        : new(Kind, new("count", [1]), new("length", [1]), new("return", [agents]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("agents"), type.Find("success") is not null);

    /// <summary>The port type.</summary>
    public static PortType Type(Term agents, Term reward, bool hasSuccess = false) => hasSuccess
        ? PortType.Of(Kind, ("agents", agents), ("reward", reward), ("success", Term.Of(true)))
        : PortType.Of(Kind, ("agents", agents), ("reward", reward));
}

/// <summary><c>scores</c>: every episode of one evaluation pass. The stamp's update counts passes.</summary>
public static class ScoreMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "scores";

    /// <summary>[episodes]: length in steps.</summary>
    public const int Length = 0;

    /// <summary>[agents, episodes]: each agent's undiscounted return.</summary>
    public const int Return = 1;

    /// <summary>[episodes]: 1 where it succeeded; only of worlds that have successes.</summary>
    public const int Success = 2;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int agents, int episodes, bool hasSuccess = false) => hasSuccess
        ? new(Kind, new("length", [episodes]), new("return", [agents, episodes]), new("success", [episodes]))
        : new(Kind, new("length", [episodes]), new("return", [agents, episodes]));

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type.Get<int>("agents"), type.Get<int>("episodes"), type.Find("success") is not null);

    /// <summary>The port type.</summary>
    public static PortType Type(Term agents, Term episodes, Term reward, bool hasSuccess = false) => hasSuccess
        ? PortType.Of(Kind, ("agents", agents), ("episodes", episodes), ("reward", reward), ("success", Term.Of(true)))
        : PortType.Of(Kind, ("agents", agents), ("episodes", episodes), ("reward", reward));
}
