using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Core.Worlds;

/// <summary>What a reward number means. Part of port types, because published figures differ by exactly this.</summary>
public enum RewardConvention
{
    /// <summary>Each agent has a reward of its own; a team's figure is their sum.</summary>
    PerAgent,

    /// <summary>Every agent receives the sum over the team.</summary>
    TeamSum,

    /// <summary>Every agent receives the mean over the team (the common reward of matrix games).</summary>
    TeamMean,
}

/// <summary>What a learner's critic may see of a world.</summary>
public enum StateView
{
    /// <summary>One vector a world: [copies, width].</summary>
    Joint,

    /// <summary>One vector an agent: [copies, agents, width].</summary>
    PerAgent,
}

/// <summary>What happens after an episode ends.</summary>
public enum Autoreset
{
    /// <summary>
    /// The step that ends an episode already returns the first observation of the next one; the last observation of the
    /// ended episode travels beside it (Gymnasium: <c>AutoresetMode.SAME_STEP</c>).
    /// </summary>
    SameStep,
}

/// <summary>One agent of a world.</summary>
/// <param name="Name">Its name, unique in the world: <c>agent-0</c>.</param>
/// <param name="Observation">What it sees.</param>
/// <param name="Action">What it does.</param>
/// <param name="HasMask">Some actions may be forbidden at times; <see cref="IWorld.Mask"/> says which.</param>
/// <param name="NoOp">The action an absent token stands for (in a box the value of each component); null if the agent must act where it is active.</param>
/// <param name="Team">
/// Its team, as a domain that stages can be multiplied by (<c>each: world.good</c>); null for none. Agents of a team stand side by side.
/// </param>
public sealed record AgentSpec(string Name, Space Observation, Space Action, bool HasMask = false, int? NoOp = null, string? Team = null);

/// <summary>The fixed facts of a world with given options.</summary>
/// <param name="Agents">The roster: who may be there. Their order gives agent indexes.</param>
/// <param name="Reward">What the rewards mean.</param>
/// <param name="MaxSteps">Steps after which an episode is truncated; 0 for no limit. The world stage counts them.</param>
/// <param name="StateWidth">Floats of the state vector (per agent for <see cref="StateView.PerAgent"/>).</param>
/// <param name="View">The form of the state.</param>
/// <param name="FixedRoster">Every agent acts in every step; otherwise <see cref="IWorld.Active"/> says who does, and <see cref="IWorld.Departed"/> who is gone.</param>
/// <param name="Autoreset">What happens after an episode ends.</param>
/// <param name="HasSuccess">Episodes succeed or fail: <see cref="IWorld.Succeeded"/> tells which, and evaluations may say <c>convention: success</c>.</param>
public sealed record WorldSpec(
    Values<AgentSpec> Agents,
    RewardConvention Reward,
    int MaxSteps,
    int StateWidth,
    StateView View = StateView.Joint,
    bool FixedRoster = true,
    Autoreset Autoreset = Autoreset.SameStep,
    bool HasSuccess = false);
