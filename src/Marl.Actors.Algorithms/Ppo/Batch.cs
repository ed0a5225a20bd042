using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// What one update learns from: T vector steps of B copies. A <i>position</i> numbers the moments at which something was
/// seen: t · B + b for the steps acted in, then one a copy for what came after the last step, then one for the end of each
/// episode that ended.
/// </summary>
/// <param name="rollouts">One an agent.</param>
/// <param name="states">T + 1 of them, or none.</param>
internal sealed class Batch(Message[] rollouts, Message[] states)
{
    /// <summary>B.</summary>
    public int Copies { get; } = rollouts[0].Layout.Fields[RolloutMessages.Reward].Shape[1];

    /// <summary>T · B.</summary>
    public int Steps { get; } = rollouts[0].Layout.Fields[RolloutMessages.Reward].Length;

    /// <summary>Agents.</summary>
    public int Agents => rollouts.Length;

    /// <summary>[F]: the steps that ended an episode.</summary>
    public ReadOnlySpan<float> FinalIndexes => rollouts[0][RolloutMessages.FinalIndex];

    /// <summary>T · B + B + F.</summary>
    public int Positions => Steps + Copies + FinalIndexes.Length;

    /// <summary>A field of an agent's rollout.</summary>
    public ReadOnlySpan<float> this[int agent, int field] => rollouts[agent][field];

    /// <summary>The state after t vector steps, 0 … T.</summary>
    public Message State(int t) => states[t];
}
