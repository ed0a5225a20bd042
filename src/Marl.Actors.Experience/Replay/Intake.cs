using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Rollouts;

namespace Marl.Actors.Experience.Replay;

/// <summary>What all memories have in common: past experience, and how rollouts and states get into it.</summary>
internal sealed class Intake : IDisposable
{
    private readonly Message[] rollouts;
    private readonly StateTokens states;

    /// <summary>An empty memory.</summary>
    /// <param name="options">How much of what.</param>
    /// <param name="context">The stage's place in the graph.</param>
    /// <param name="priorities">Makes priorities for a number of places; null where all items are drawn as likely.</param>
    public Intake(ReplayOptions options, StageContext context, Func<int, Priorities>? priorities = null)
    {
        var type = context.Types.Output("batches");
        var agents = BatchMessages.Agents(type);
        rollouts = new Message[agents.Count];
        Length = context.Types.Input("rollouts").Get<int>("length");
        states = new(ReplayComponents.State, context.Types.Peers("state") > 0 ? Length : 0);
        Past = new(
            new(agents.Sum(a => a.Observation.Width), agents.Sum(a => a.MaskWidth), agents.Sum(a => a.Action.Width), agents.Count, type.Get<int>("state"), type.Get<bool>("fixed-roster") ? 0 : agents.Count),
            context.Types.Input("rollouts").Get<int>("copies"),
            options,
            priorities);
    }

    /// <summary>What is held.</summary>
    public Timelines Past { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>State tokens the next set of rollouts comes with.</summary>
    public int States => states.Needed;

    /// <summary>Takes a set of rollouts over, with its states. The update they were gathered in.</summary>
    public int Take(Firing firing)
    {
        for (var agent = 0; agent < rollouts.Length; agent++)
        {
            rollouts[agent] = firing[ReplayComponents.Rollouts, agent];
        }

        var update = rollouts[0].Stamp.Update;
        states.Take(firing);
        Past.Add(new(rollouts, states.All));
        states.Keep();
        Array.Clear(rollouts);
        return update;
    }

    public void Save(StageSnapshot snapshot)
    {
        Past.Save(snapshot);
        states.Save(snapshot, "replay");
    }

    public void Load(StageSnapshot snapshot)
    {
        Past.Load(snapshot);
        states.Load(snapshot, "replay");
    }

    public void Dispose() => states.Dispose();
}
