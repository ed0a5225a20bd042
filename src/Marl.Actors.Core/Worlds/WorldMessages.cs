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
    private readonly MessagePool episodes;
    private readonly MessagePool scores;
    private readonly float[][] finals;           // by agent, [copies, width]
    private readonly float[][] departed;         // by agent, [copies]: whose own life ended; empty with a fixed roster
    private readonly float[] active;             // [copies], of one agent while it is asked for; likewise
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
        episodes = new(EpisodeMessages.Layout(spec.Agents.Count, spec.HasSuccess));
        scores = new(ScoreMessages.Layout(spec.Agents.Count, copies, spec.HasSuccess));
        finals = [.. spec.Agents.Select(a => new float[copies * a.Observation.Width])];
        finalState = new float[state.Layout.Length];
        active = new float[spec.FixedRoster ? 0 : copies];
        departed = [.. spec.Agents.Select(_ => new float[spec.FixedRoster ? 0 : copies])];
    }

    /// <summary>Whether an agent is to act in some copy.</summary>
    public bool IsActiveAnywhere(int agent)
    {
        if (active.Length == 0)
        {
            return true;
        }

        world.Active(agent, active);
        return active.Contains(1f);
    }

    /// <summary>Remembers whose life ended with the last step, before ended copies are reset.</summary>
    public void TakeDepartures()
    {
        for (var agent = 0; agent < departed.Length && departed[agent].Length > 0; agent++)
        {
            world.Departed(agent, departed[agent]);
        }
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
            var hasDeparted = departed[agent].AsSpan().ContainsAnyExcept(0);
            var message = (anyEnded || hasDeparted ? stepsEnded : steps)[agent].Rent(stamp);
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

            if (hasDeparted)
            {
                Depart(message, departed[agent], anyEnded);
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
    public Message Episodes(int update, int count, int length, ReadOnlySpan<double> returns, int succeeded)
    {
        var message = episodes.Rent(new(update));
        message.Write(EpisodeMessages.Count)[0] = count;
        message.Write(EpisodeMessages.Length)[0] = length;
        Narrow(returns, message.Write(EpisodeMessages.Return));
        if (world.Spec.HasSuccess)
        {
            message.Write(EpisodeMessages.Success)[0] = succeeded;
        }

        return message;
    }

    /// <summary>All episodes of an evaluation pass; returns are [agents, copies].</summary>
    public Message Scores(int pass, ReadOnlySpan<double> returns, ReadOnlySpan<int> lengths, ReadOnlySpan<int> succeeded)
    {
        var message = scores.Rent(new(pass));
        Narrow(lengths, message.Write(ScoreMessages.Length));
        Narrow(returns, message.Write(ScoreMessages.Return));
        if (world.Spec.HasSuccess)
        {
            Narrow(succeeded, message.Write(ScoreMessages.Success));
        }

        return message;
    }

    // A life's end is terminal for the agent, also where a time limit ends the episode in the same step.
    private static void Depart(Message message, ReadOnlySpan<float> departed, bool anyEnded)
    {
        var terminated = message.Write(StepMessages.Terminated);
        var truncated = message.Write(StepMessages.Truncated);
        for (var copy = 0; copy < departed.Length; copy++)
        {
            (terminated[copy], truncated[copy]) = departed[copy] == 1 ? (1, 0) : (terminated[copy], truncated[copy]);
        }

        if (!anyEnded)
        {
            message.Write(StepMessages.Observation).CopyTo(message.Write(StepMessages.FinalObservation));
        }
    }

    private static void Narrow(ReadOnlySpan<int> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }
}
