namespace Marl.Actors.Learning.Optimisers;

/// <summary>How the learning rate changes over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>It doesn't.</summary>
    Constant,

    /// <summary>In a straight line from its first value to 0 after the last update.</summary>
    Linear,
}

/// <summary>Values over the course of a run.</summary>
public static class Schedules
{
    /// <summary>The learning rate of an update, counted from 0, of <paramref name="total"/>.</summary>
    public static double At(this LearningRateSchedule schedule, double first, long update, long total) =>
        schedule == LearningRateSchedule.Constant ? first : Linear(first, 0, update, total);

    /// <summary>In a straight line from <paramref name="first"/> at update 0 to <paramref name="last"/> at update <paramref name="total"/>, and <paramref name="last"/> from then on.</summary>
    public static double Linear(double first, double last, long update, long total)
    {
        var fraction = total > 0 ? Math.Min(1, update / (double)total) : 1;
        return first + ((last - first) * fraction);
    }
}
