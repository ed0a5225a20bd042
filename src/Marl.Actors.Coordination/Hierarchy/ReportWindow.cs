using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>
/// What happened since the last report, in every copy: a coordinator's transition. Its reward is the sum over the steps; it
/// ends early where an episode does, and what comes after that, before the next report, belongs to no transition of the
/// coordinator's.
/// </summary>
internal sealed class ReportWindow(int copies, int observed, int width)
{
    private readonly MessagePool reports = new(StepMessages.Layout(copies, Spec(width), fixedRoster: true, anyEnded: false));
    private readonly MessagePool reportsEnded = new(StepMessages.Layout(copies, Spec(width), fixedRoster: true, anyEnded: true));
    private readonly float[] rewards = new float[copies];
    private readonly float[] terminated = new float[copies];
    private readonly float[] truncated = new float[copies];
    private readonly float[] finals = new float[copies * width];

    /// <summary>Forgets what happened.</summary>
    public void Begin()
    {
        Array.Clear(rewards);
        Array.Clear(terminated);
        Array.Clear(truncated);
    }

    /// <summary>Adds what a step brought.</summary>
    public void Add(Message step)
    {
        for (var copy = 0; copy < copies; copy++)
        {
            if (terminated[copy] + truncated[copy] > 0)
            {
                continue;
            }

            rewards[copy] += step[StepMessages.Reward][copy];
            (terminated[copy], truncated[copy]) = (step[StepMessages.Terminated][copy], step[StepMessages.Truncated][copy]);
            if (terminated[copy] + truncated[copy] > 0)
            {
                Row(step[StepMessages.FinalObservation], copy).CopyTo(finals.AsSpan(copy * width, width));
            }
        }
    }

    /// <summary>The report at a step; the next window begins.</summary>
    public Message Report(Message step, Stamp stamp)
    {
        var anyEnded = terminated.AsSpan().Contains(1f) || truncated.AsSpan().Contains(1f);
        var message = (anyEnded ? reportsEnded : reports).Rent(stamp);
        var seen = message.Write(StepMessages.Observation);
        for (var copy = 0; copy < copies; copy++)
        {
            Row(step[StepMessages.Observation], copy).CopyTo(seen.Slice(copy * width, width));
        }

        rewards.CopyTo(message.Write(StepMessages.Reward));
        terminated.CopyTo(message.Write(StepMessages.Terminated));
        truncated.CopyTo(message.Write(StepMessages.Truncated));
        if (anyEnded)
        {
            var last = message.Write(StepMessages.FinalObservation);
            for (var copy = 0; copy < copies; copy++)
            {
                var hasEnded = terminated[copy] + truncated[copy] > 0;
                (hasEnded ? finals : seen).Slice(copy * width, width).CopyTo(last.Slice(copy * width, width));
            }
        }

        Begin();
        return message;
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<float>("window.rewards", rewards);
        snapshot.Put<float>("window.terminated", terminated);
        snapshot.Put<float>("window.truncated", truncated);
        snapshot.Put<float>("window.finals", finals);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<float>("window.rewards", rewards);
        snapshot.GetInto<float>("window.terminated", terminated);
        snapshot.GetInto<float>("window.truncated", truncated);
        snapshot.GetInto<float>("window.finals", finals);
    }

    private static AgentSpec Spec(int width) => new("", GuideComponent.Reported(width), GuideComponent.NoAction);

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> observations, int copy) => observations.Slice(copy * observed, width);
}
