using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Core.Worlds;

/// <summary>Fills and sends the messages of a world stage.</summary>
internal sealed class WorldMessages
{
    private readonly IWorld world;
    private readonly MessagePool[] steps;        // by agent, no episode ended
    private readonly MessagePool[] stepsEnded;   // by agent, with final observations
    private readonly MessagePool state;
    private readonly MessagePool stateEnded;
    private readonly float[][] finals;           // by agent, [copies, width]
    private readonly float[] finalState;

    public WorldMessages(IWorld world, StageContext context)
    {
        this.world = world;
        var spec = world.Spec;
        var copies = world.Copies;
        steps = [.. spec.Agents.Select(a => new MessagePool(StepMessages.Layout(copies, a, spec.FixedRoster, anyEnded: false)))];
        stepsEnded = [.. spec.Agents.Select(a => new MessagePool(StepMessages.Layout(copies, a, spec.FixedRoster, anyEnded: true)))];
        state = new(StateMessages.Layout(copies, spec.View, spec.Agents.Count, spec.StateWidth, anyEnded: false));
        stateEnded = new(StateMessages.Layout(copies, spec.View, spec.Agents.Count, spec.StateWidth, anyEnded: true));
        finals = [.. spec.Agents.Select(a => new float[copies * a.Observation.Width])];
        finalState = new float[state.Layout.Length];
    }

    /// <summary>Remembers what is seen now, before ended copies are reset.</summary>
    public void TakeFinals(IOutputs outputs)
    {
        for (var agent = 0; agent < finals.Length; agent++)
        {
            world.Observe(agent, finals[agent]);
        }

        if (outputs.IsRead(WorldComponent.State))
        {
            world.State(finalState);
        }
    }

    /// <summary>Tells every agent, and the critic if there is one.</summary>
    public void Send(
        Stamp stamp, ReadOnlySpan<float> rewards, ReadOnlySpan<float> terminated, ReadOnlySpan<float> truncated, bool anyEnded, IOutputs outputs)
    {
        for (var agent = 0; agent < steps.Length; agent++)
        {
            var message = (anyEnded ? stepsEnded : steps)[agent].Rent(stamp);
            world.Observe(agent, message.Write(StepMessages.Observation));
            rewards.Slice(agent * world.Copies, world.Copies).CopyTo(message.Write(StepMessages.Reward));
            terminated.CopyTo(message.Write(StepMessages.Terminated));
            truncated.CopyTo(message.Write(StepMessages.Truncated));
            if (message.Has(StepMessages.Mask))
            {
                world.Mask(agent, message.Write(StepMessages.Mask));
            }

            if (message.Has(StepMessages.Active))
            {
                world.Active(agent, message.Write(StepMessages.Active));
            }

            if (anyEnded)
            {
                finals[agent].CopyTo(message.Write(StepMessages.FinalObservation));
            }

            outputs.Send(WorldComponent.Steps, agent, message);
        }

        if (outputs.IsRead(WorldComponent.State))
        {
            var message = (anyEnded ? stateEnded : state).Rent(stamp);
            world.State(message.Write(StateMessages.State));
            if (anyEnded)
            {
                finalState.CopyTo(message.Write(StateMessages.FinalState));
            }

            outputs.Send(WorldComponent.State, message);
        }
    }

    /// <summary>Sums over the episodes that ended in an iteration.</summary>
    public Message Episodes(int update, int count, int length, ReadOnlySpan<double> returns)
    {
        var message = Message.Create(EpisodeMessages.Layout(finals.Length), new(update));
        message.Write(EpisodeMessages.Count)[0] = count;
        message.Write(EpisodeMessages.Length)[0] = length;
        Narrow(returns, message.Write(EpisodeMessages.Return));
        return message;
    }

    /// <summary>All episodes of an evaluation pass; returns are [agents, copies].</summary>
    public Message Scores(int pass, ReadOnlySpan<double> returns, ReadOnlySpan<int> lengths)
    {
        var message = Message.Create(ScoreMessages.Layout(finals.Length, world.Copies), new(pass));
        var target = message.Write(ScoreMessages.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            target[i] = lengths[i];
        }

        Narrow(returns, message.Write(ScoreMessages.Return));
        return message;
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }
}
