using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary><c>state</c>: what a centralised critic may see of all copies at one step.</summary>
public static class StateMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "state";

    /// <summary>[copies, width] for a joint view, [copies, agents, width] for a view per agent.</summary>
    public const int State = 0;

    /// <summary>Same shape: the last state of ended episodes (other rows repeat the state); only when one ended.</summary>
    public const int FinalState = 1;

    /// <summary>The layout.</summary>
    public static MessageLayout Layout(int copies, StateView view, int agents, int width, bool anyEnded)
    {
        var rows = anyEnded ? copies : 0;
        return view == StateView.Joint
            ? new(Kind, new("state", [copies, width]), new("final-state", [rows, width]))
            : new(Kind, new("state", [copies, agents, width]), new("final-state", [rows, agents, width]));
    }

    /// <summary>The layout of a resolved type, for a step at which no episode ends.</summary>
    public static MessageLayout Layout(PortType type) => Layout(
        type.Get<int>("copies"), type.Get<StateView>("view"), type.Get<int>("agents"), type.Get<int>("width"), anyEnded: false);

    /// <summary>The port type.</summary>
    public static PortType Type(Term copies, Term view, Term agents, Term width) =>
        PortType.Of(Kind, ("copies", copies), ("view", view), ("agents", agents), ("width", width));
}
