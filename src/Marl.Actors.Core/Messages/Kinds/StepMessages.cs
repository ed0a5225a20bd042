using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>steps</c>: what a world tells one agent after a vector step. Reward and flags belong to the transition that led here;
/// the observation is the one to act on (after an automatic reset, where one happened). Without a fixed roster an agent's
/// transitions may span several steps; <see cref="IWorld"/> says where they begin and end.
/// </summary>
public static class StepMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "steps";

    /// <summary>[copies, width].</summary>
    public const int Observation = 0;

    /// <summary>[copies]; all 0 at the very first step.</summary>
    public const int Reward = 1;

    /// <summary>[copies], 1 where the episode reached a terminal state, or this agent's own life ended.</summary>
    public const int Terminated = 2;

    /// <summary>[copies], 1 where the episode was cut by the time limit.</summary>
    public const int Truncated = 3;

    /// <summary>[copies, actions], 1 where allowed; only for agents with a mask.</summary>
    public const int Mask = 4;

    /// <summary>[copies], 1 where the agent acts; only without a fixed roster.</summary>
    public const int Active = 5;

    /// <summary>[copies, width], the last observation of ended episodes and lives (other rows repeat the observation); only when one ended.</summary>
    public const int FinalObservation = 6;

    /// <summary>The layout for an agent.</summary>
    public static MessageLayout Layout(int copies, AgentSpec agent, bool fixedRoster, bool anyEnded)
    {
        var width = agent.Observation.Width;
        var actions = agent is { HasMask: true, Action: Discrete d } ? d.Count : 0;
        return new(
            Kind,
            new("observation", [copies, width]),
            new("reward", [copies]),
            new("terminated", [copies]),
            new("truncated", [copies]),
            new("mask", [copies, actions]),
            new("active", [fixedRoster ? 0 : copies]),
            new("final-observation", [anyEnded ? copies : 0, width]));
    }

    /// <summary>The layout of a resolved type, for a step at which no episode ends.</summary>
    public static MessageLayout Layout(PortType type) => Layout(
        type.Get<int>("copies"),
        new("", type.Get<Space>("observation"), type.Get<Space>("action"), type.Get<bool>("mask")),
        type.Get<bool>("fixed-roster"),
        anyEnded: false);

    /// <summary>The port type.</summary>
    public static PortType Type(Term copies, Term observation, Term action, Term mask, Term reward, Term fixedRoster) => PortType.Of(
        Kind, ("copies", copies), ("observation", observation), ("action", action), ("mask", mask), ("reward", reward), ("fixed-roster", fixedRoster));
}
