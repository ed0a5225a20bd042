using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>What a batch holds of one agent.</summary>
/// <param name="Observation">What it saw.</param>
/// <param name="Action">What it did.</param>
/// <param name="HasMask">Some of its actions were forbidden at times.</param>
/// <param name="Policy">Whose choices these are (see <c>PolicySpec</c>).</param>
public sealed record BatchAgent(Space Observation, Space Action, bool HasMask, Term Policy)
{
    /// <summary>Floats of its mask at one position.</summary>
    public int MaskWidth => HasMask && Action is Discrete d ? d.Count : 0;
}

/// <summary>
/// <c>batches</c>: past experience of all agents together, drawn by a replay stage: B sequences of up to L transitions, time-major.
/// A position holds the agents one after another. The message's stamp is (update, number of the batch within it); while the
/// memory fills, the batch is absent.
/// </summary>
public static class BatchMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "batches";

    /// <summary>[L + 1, B, all agents' widths]: the last of a sequence follows its last transition (before any reset).</summary>
    public const int Observation = 0;

    /// <summary>[L, B, all agents' action widths].</summary>
    public const int Action = 1;

    /// <summary>[L + 1, B, all agents' actions]: 1 where allowed; agents without a mask have no columns.</summary>
    public const int Mask = 2;

    /// <summary>[L, B, agents]: reward of the transition after the action.</summary>
    public const int Reward = 3;

    /// <summary>[L, B]: 1 where the transition reached a terminal state.</summary>
    public const int Terminated = 4;

    /// <summary>[L, B]: 1 where there is a transition, 0 behind a sequence's end.</summary>
    public const int Filled = 5;

    /// <summary>[L + 1, B, width]: the world's state; only where the memory was given it.</summary>
    public const int State = 6;

    /// <summary>[B]: what the item counts for, at most 1, where not all are drawn as likely; else empty.</summary>
    public const int Weight = 7;

    /// <summary>
    /// [L + 1, B, agents]: 1 where the agent acts; only without a fixed roster. At the last place of an episode: 1 where its life
    /// goes on, cut by the time limit.
    /// </summary>
    public const int Active = 8;

    /// <summary>[L, B, agents]: 1 where the transition ended the agent's own life, or the episode in a terminal state; only without a fixed roster.</summary>
    public const int Ended = 9;

    /// <summary>The layout.</summary>
    /// <param name="length">L.</param>
    /// <param name="items">B.</param>
    /// <param name="agents">The agents, in their order.</param>
    /// <param name="stateWidth">Floats of the state; 0 without.</param>
    /// <param name="isWeighted">Items count differently.</param>
    /// <param name="fixedRoster">Every agent acts in every step.</param>
    public static MessageLayout Layout(int length, int items, Values<BatchAgent> agents, int stateWidth, bool isWeighted = false, bool fixedRoster = true) => new(
        Kind,
        [
            new("observation", [length + 1, items, agents.Sum(a => a.Observation.Width)]),
            new("action", [length, items, agents.Sum(a => a.Action.Width)]),
            new("mask", [length + 1, items, agents.Sum(a => a.MaskWidth)]),
            new("reward", [length, items, agents.Count]),
            new("terminated", [length, items]),
            new("filled", [length, items]),
            new("state", [length + 1, items, stateWidth]),
            .. isWeighted || !fixedRoster ? [new("weight", [isWeighted ? items : 0])] : Array.Empty<Field>(),
            .. fixedRoster ? Array.Empty<Field>() : [new("active", [length + 1, items, agents.Count]), new("ended", [length, items, agents.Count])],
        ]);

    /// <summary>The layout of a resolved type.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type, isWeighted: false);

    /// <summary>The layout of a resolved type, with or without weights.</summary>
    public static MessageLayout Layout(PortType type, bool isWeighted) =>
        Layout(type.Get<int>("length"), type.Get<int>("items"), Agents(type), type.Get<int>("state"), isWeighted, type.Get<bool>("fixed-roster"));

    /// <summary>The port type.</summary>
    /// <param name="length">L.</param>
    /// <param name="items">B.</param>
    /// <param name="updates">Batches an update.</param>
    /// <param name="state">Floats of the state; 0 without.</param>
    /// <param name="reward">What the rewards mean.</param>
    /// <param name="agents">One <see cref="Agent"/> each.</param>
    /// <param name="fixedRoster">Every agent acts in every step (they do unless said).</param>
    public static PortType Type(Term length, Term items, Term updates, Term state, Term reward, IEnumerable<Term> agents, Term? fixedRoster = null) => PortType.Of(
        Kind,
        ("length", length),
        ("items", items),
        ("updates", updates),
        ("state", state),
        ("reward", reward),
        ("agents", new Compound("agents", agents.ToValues())),
        ("fixed-roster", fixedRoster ?? Term.Of(true)));

    /// <summary>The term of one agent.</summary>
    public static Term Agent(Term observation, Term action, Term mask, Term policy) => new Compound("agent", [observation, action, mask, policy]);

    /// <summary>The agents of a resolved type.</summary>
    /// <exception cref="InvalidOperationException">The type is not resolved: a bug in a component's signature.</exception>
    public static Values<BatchAgent> Agents(PortType type) => ((Compound)type["agents"]).Arguments
        .Select(term => term is Compound { Arguments: [Constant { Value: Space observation }, Constant { Value: Space action }, Constant { Value: bool mask }, var policy] }
            ? new BatchAgent(observation, action, mask, policy)
            : throw new InvalidOperationException($"{term} is not a resolved agent of a batch."))
        .ToValues();
}
