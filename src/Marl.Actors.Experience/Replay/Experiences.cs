using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// One set of rollouts as it comes in: T vector steps of all copies, from every agent, with the world's states where they are
/// given. States come as T + 1 tokens, since the token after a step carries the last states of episodes that ended with it.
/// </summary>
internal readonly struct Experiences(Message[] rollouts, Message[] states)
{
    private readonly Message[] rollouts = rollouts;
    private readonly Message[] states = states;

    /// <summary>T.</summary>
    public int Length => rollouts[0].Layout.Fields[RolloutMessages.Reward].Shape[0];

    /// <summary>Copies.</summary>
    public int Copies => rollouts[0].Layout.Fields[RolloutMessages.Reward].Shape[1];

    /// <summary>t · copies + copy of the transitions that ended an episode or a life of the first agent, ascending.</summary>
    public ReadOnlySpan<float> Ends => rollouts[0][RolloutMessages.FinalIndex];

    /// <summary>The transition at a place ended its episode: nobody's life goes on. (Where all lives end at once, nothing is left to learn of that episode.)</summary>
    public bool IsEnd(int place)
    {
        foreach (var rollout in rollouts)
        {
            if (rollout[RolloutMessages.Terminated][place] + rollout[RolloutMessages.Truncated][place] == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>It reached a terminal state: for all agents.</summary>
    public bool IsTerminal(int place)
    {
        foreach (var rollout in rollouts)
        {
            if (rollout[RolloutMessages.Terminated][place] == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The agent acts at a place.</summary>
    public bool IsActive(int agent, int place) => rollouts[agent][RolloutMessages.Active][place] != 0;

    /// <summary>Its life, or the episode, ended with the transition at a place.</summary>
    public bool IsTerminated(int agent, int place) => rollouts[agent][RolloutMessages.Terminated][place] != 0;

    /// <summary>A field of all agents at one place, one after another: [their widths].</summary>
    public int Join(int field, int place, Span<float> target)
    {
        var at = 0;
        foreach (var rollout in rollouts)
        {
            var shape = rollout.Layout.Fields[field].Shape;
            var width = shape.Count == 3 ? shape[2] : rollout.Has(field) && shape.Count == 2 ? 1 : 0;
            rollout[field].Slice(place * width, width).CopyTo(target[at..]);
            at += width;
        }

        return at;
    }

    /// <summary>The last observations of all agents, of the episode that ended with the transition at a place.</summary>
    public void JoinFinals(int place, Span<float> target)
    {
        foreach (var rollout in rollouts)
        {
            var width = rollout.Layout.Fields[RolloutMessages.FinalObservation].Shape[1];
            var end = rollout[RolloutMessages.FinalIndex].BinarySearch((float)place); // agents whose lives ended have more of them
            rollout[RolloutMessages.FinalObservation].Slice(end * width, width).CopyTo(target);
            target = target[width..];
        }
    }

    /// <summary>The state at a place.</summary>
    public void State(int place, Span<float> target)
    {
        if (states.Length > 0)
        {
            var (t, copy) = Math.DivRem(place, Copies);
            states[t][StateMessages.State].Slice(copy * target.Length, target.Length).CopyTo(target);
        }
    }

    /// <summary>The last state of the episode that ended with the transition at a place.</summary>
    public void FinalState(int place, Span<float> target)
    {
        if (states.Length > 0 && states[(place / Copies) + 1].Has(StateMessages.FinalState)) // not where all lives ended and the world went on: nobody asks for it then
        {
            var (t, copy) = Math.DivRem(place, Copies);
            states[t + 1][StateMessages.FinalState].Slice(copy * target.Length, target.Length).CopyTo(target);
        }
    }
}
