using Marl.Actors.Folders;

namespace Marl.Actors.Experiments;

/// <summary>The time a run has taken, over all processes that had a part in it, and the rate of this one.</summary>
internal sealed class RunClock
{
    private readonly TimeProvider time;
    private readonly long began;
    private readonly double secondsBefore;
    private readonly long firstStep;

    private RunClock(TimeProvider time, double secondsBefore, long firstStep) =>
        (this.time, began, this.secondsBefore, this.firstStep) = (time, time.GetTimestamp(), secondsBefore, firstStep);

    /// <summary>Seconds so far.</summary>
    public double Seconds => secondsBefore + SecondsHere;

    private double SecondsHere => time.GetElapsedTime(began).TotalSeconds;

    /// <summary>A clock that goes on from what an earlier process had done.</summary>
    public static RunClock Start(TimeProvider time, RunFolder folder, long firstStep) =>
        new(time, firstStep == 0 ? 0 : ElapsedTime.Before(folder.TrainingTable, firstStep), firstStep);

    /// <summary>Environment steps a second, in this process.</summary>
    public double Rate(long steps)
    {
        var seconds = SecondsHere;
        return seconds > 0 ? (steps - firstStep) / seconds : 0;
    }
}
