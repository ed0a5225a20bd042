using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Core.Messages.Kinds;

/// <summary>
/// <c>rollouts</c>: what one agent saw and did in T consecutive vector steps of all copies, time-major, under one version of
/// its policy; the stamp is that of the first step.
/// </summary>
public static class RolloutMessages
{
    /// <summary>The kind.</summary>
    public const string Kind = "rollouts";

    /// <summary>[T, copies, width].</summary>
    public const int Observation = 0;

    /// <summary>[T, copies, action width].</summary>
    public const int Action = 1;

    /// <summary>[T, copies]: log π(a|o) of the action taken, under the acting policy; only from policies that are a distribution.</summary>
    public const int LogProbability = 2;

    /// <summary>[T, copies]: reward of the transition after the action.</summary>
    public const int Reward = 3;

    /// <summary>[T, copies]: 1 where that transition reached a terminal state.</summary>
    public const int Terminated = 4;

    /// <summary>[T, copies]: 1 where that transition was cut by a time limit.</summary>
    public const int Truncated = 5;

    /// <summary>[T, copies, actions]: 1 where allowed; only for agents with a mask.</summary>
    public const int Mask = 6;

    /// <summary>[copies, width]: the observation after the last transition (after an automatic reset).</summary>
    public const int NextObservation = 7;

    /// <summary>[F]: positions t · copies + copy of the F transitions that ended an episode, or the agent's life, ascending; only when F &gt; 0.</summary>
    public const int FinalIndex = 8;

    /// <summary>[F, width]: the last observations of those episodes.</summary>
    public const int FinalObservation = 9;

    /// <summary>
    /// [T + 1, copies]: 1 where the agent was active, the last row at the step behind the rollout; only without a fixed
    /// roster.
    /// Then all other fields tell of steps, not of the agent's own transitions, which begin at its active steps and may span
    /// several (<see cref="IWorld"/>); <c>OwnTransitions</c> makes them from this.
    /// </summary>
    public const int Active = 10;

    /// <summary>[copies, width]: what a policy with a memory remembered before the first step; only from policies that are a distribution.</summary>
    public const int Memory = 11;

    /// <summary>
    /// [1]: the version of the weights acted with (their stamp's update), which lags behind the learner's where they come late;
    /// only from policies that are a distribution, as the log-probabilities are of that version.
    /// </summary>
    public const int Version = 12;

    /// <summary>The layout. <paramref name="maskActions"/> is 0 without masks, <paramref name="memory"/> without one; <paramref name="finals"/> is F.</summary>
    public static MessageLayout Layout(
        int length, int copies, Space observation, Space action, int maskActions, int finals, bool isStochastic = true, bool fixedRoster = true, int memory = 0) => new(
        Kind,
        [
            new("observation", [length, copies, observation.Width]),
            new("action", [length, copies, action.Width]),
            new("log-probability", [isStochastic ? length : 0, copies]),
            new("reward", [length, copies]),
            new("terminated", [length, copies]),
            new("truncated", [length, copies]),
            new("mask", [length, copies, maskActions]),
            new("next-observation", [copies, observation.Width]),
            new("final-index", [finals]),
            new("final-observation", [finals, observation.Width]),
            .. fixedRoster && !isStochastic ? Array.Empty<Field>() : [new("active", [fixedRoster ? 0 : length + 1, copies])],
            .. isStochastic ? [new("memory", [copies, memory]), new("version", [1])] : Array.Empty<Field>(),
        ]);

    /// <summary>The layout of a resolved type, without ended episodes, of a policy that remembers nothing.</summary>
    public static MessageLayout Layout(PortType type) => Layout(type, 0);

    /// <summary>The layout of a resolved type, without ended episodes; how wide the policy's memory is, its owner knows.</summary>
    public static MessageLayout Layout(PortType type, int memory) => Layout(
        type.Get<int>("length"),
        type.Get<int>("copies"),
        type.Get<Space>("observation"),
        type.Get<Space>("action"),
        type.Get<bool>("mask") && type.Get<Space>("action") is Discrete d ? d.Count : 0,
        finals: 0,
        isStochastic: type.Get<bool>("stochastic"),
        fixedRoster: type.Get<bool>("fixed-roster"),
        memory: memory);

    /// <summary>
    /// The port type; <paramref name="policy"/> says whose choices these are (see <c>PolicySpec</c>), and
    /// <paramref name="stochastic"/> whether they come with their log-probabilities, <paramref name="fixedRoster"/> whether the
    /// agent acts in every step (they do, and it does, unless said).
    /// </summary>
    public static PortType Type(
        Term length, Term copies, Term observation, Term action, Term mask, Term reward, Term policy, Term? stochastic = null, Term? fixedRoster = null) => PortType.Of(
        Kind,
        ("length", length),
        ("copies", copies),
        ("observation", observation),
        ("action", action),
        ("mask", mask),
        ("reward", reward),
        ("policy", policy),
        ("stochastic", stochastic ?? Term.Of(true)),
        ("fixed-roster", fixedRoster ?? Term.Of(true)));
}
