using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Experience.Returns;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>
/// What one update learns from: T vector steps of B copies. A <i>position</i> numbers the moments at which something was
/// seen: t · B + b for the steps acted in, then one a copy for what came after the last step, then one for the end of each
/// episode (or, without a fixed roster, of some agent's life) that ended.
/// </summary>
/// <param name="rollouts">One an agent.</param>
/// <param name="states">T + 1 of them, or none.</param>
internal sealed class Batch(Message[] rollouts, Message[] states)
{
    private readonly float[]? ends = rollouts[0].Has(RolloutMessages.Active) ? Ends(rollouts) : null;

    private readonly OwnTransitions?[] own = new OwnTransitions?[rollouts.Length];

    /// <summary>B.</summary>
    public int Copies { get; } = rollouts[0].Layout.Fields[RolloutMessages.Reward].Shape[1];

    /// <summary>T · B.</summary>
    public int Steps { get; } = rollouts[0].Layout.Fields[RolloutMessages.Reward].Length;

    /// <summary>Agents.</summary>
    public int Agents => rollouts.Length;

    /// <summary>[F]: the steps that ended an episode or some agent's life, ascending.</summary>
    public ReadOnlySpan<float> FinalIndexes => ends ?? rollouts[0][RolloutMessages.FinalIndex];

    /// <summary>Every agent acts in every step; otherwise its rollout says where it was active.</summary>
    public bool HasFixedRoster => ends is null;

    /// <summary>T · B + B + F.</summary>
    public int Positions => Steps + Copies + FinalIndexes.Length;

    /// <summary>Where the steps that ended something for one agent stand among those that did so for any: [the agent's F].</summary>
    public int EndOf(int agent, int index) => ends is null ? index : Array.BinarySearch(ends, rollouts[agent][RolloutMessages.FinalIndex][index]);

    /// <summary>An agent's own transitions, where the roster is not fixed.</summary>
    public OwnTransitions Own(int agent)
    {
        if (own[agent] is not { } transitions)
        {
            own[agent] = transitions = new(Steps, Copies);
            transitions.Take(
                this[agent, RolloutMessages.Active],
                this[agent, RolloutMessages.Reward],
                this[agent, RolloutMessages.Terminated],
                this[agent, RolloutMessages.Truncated],
                FinalIndexes);
        }

        return transitions;
    }

    /// <summary>A field of an agent's rollout.</summary>
    public ReadOnlySpan<float> this[int agent, int field] => rollouts[agent][field];

    /// <summary>The state after t vector steps, 0 … T.</summary>
    public Message State(int t) => states[t];

    private static float[] Ends(Message[] rollouts)
    {
        var all = new SortedSet<float>();
        foreach (var rollout in rollouts)
        {
            foreach (var end in rollout[RolloutMessages.FinalIndex])
            {
                all.Add(end);
            }
        }

        return [.. all];
    }
}
