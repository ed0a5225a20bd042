using Marl.Actors.Algorithms.Groups;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// What all agents did in every transition of a batch, and what they would do next, as critics see it: agents one after another,
/// actions in a box as normal ones in −1..1, discrete ones as one-hot vectors.
/// </summary>
internal sealed class JointActions
{
    private readonly AgentActions[] agents; // by agent
    private readonly float[] done;          // [transitions, width]
    private readonly float[] next;          // [transitions, width]

    public JointActions(IEnumerable<AgentGroup> groups, int transitions)
    {
        agents = [.. groups.SelectMany(g => g.Agents.Select(a => (Agent: a, g.Spec.Action))).OrderBy(p => p.Agent.Index).Select(p => AgentActions.Of(p.Agent, p.Action))];
        foreach (var agent in agents)
        {
            agent.Column = Width;
            Width += agent.Width;
        }

        (done, next) = (new float[transitions * Width], new float[transitions * Width]);
    }

    /// <summary>Floats of a joint action.</summary>
    public int Width { get; }

    /// <summary>What was done: [transitions, width].</summary>
    public ReadOnlySpan<float> Done => done;

    /// <summary>What would be done next: [transitions, width].</summary>
    public ReadOnlySpan<float> Next => next;

    /// <summary>First column of an agent.</summary>
    public int Column(int agent) => agents[agent].Column;

    /// <summary>The next action of an agent, to be written.</summary>
    public Span<float> NextOf(int transition, int agent) => next.AsSpan((transition * Width) + agents[agent].Column, agents[agent].Width);

    /// <summary>Takes what was done from a batch.</summary>
    public void Take(Message batch)
    {
        var actions = batch[BatchMessages.Action];
        var transitions = done.Length / Width;
        var stride = actions.Length / transitions;
        for (var transition = 0; transition < transitions; transition++)
        {
            foreach (var agent in agents)
            {
                agent.Write(actions[((transition * stride) + agent.From)..], done.AsSpan((transition * Width) + agent.Column, agent.Width));
            }
        }
    }

    /// <param name="From">The agent's first column in a batch.</param>
    /// <param name="Width">Floats of its action as a critic sees it.</param>
    /// <param name="Squash">From normal actions to those in the batch; null for discrete ones.</param>
    private sealed record AgentActions(int From, int Width, Squash? Squash)
    {
        /// <summary>Its first column of a joint action.</summary>
        public int Column { get; set; }

        public static AgentActions Of(GroupAgent agent, Space action) => action.Match(
            discrete => new AgentActions(agent.Action, discrete.Count, null), box => new AgentActions(agent.Action, box.Length, Policies.Acting.Squash.Into(box)));

        public void Write(ReadOnlySpan<float> action, Span<float> target)
        {
            if (Squash is not { } squash)
            {
                target.Clear();
                target[(int)action[0]] = 1;
                return;
            }

            for (var i = 0; i < target.Length; i++)
            {
                target[i] = squash.Normal(action[i]);
            }
        }
    }
}
