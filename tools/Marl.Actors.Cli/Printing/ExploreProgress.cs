using Marl.Actors.Exploring;

namespace Marl.Actors.Cli.Printing;

/// <summary>How far an exploration is: one line redrawn on a terminal; elsewhere a line every twentieth of the way but at most one a second, and one after half a minute.</summary>
/// <param name="target">Where it is shown.</param>
/// <param name="seeds">Schedules in all.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class ExploreProgress(Outlet target, long seeds, TimeProvider time)
{
    private const int Parts = 20;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly long begun = time.GetTimestamp();
    private long shownAt = time.GetTimestamp();
    private long shownPart;
    private int width;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => time.GetElapsedTime(begun).TotalSeconds;

    /// <summary>A schedule is done.</summary>
    public void Report(ExploreReport report)
    {
        var part = report.Seeds * Parts / seeds;
        var since = time.GetElapsedTime(shownAt);
        var isDue = target.IsTerminal ? since >= Redraw : since >= Longest || (part != shownPart && since >= Shortest);
        if (report.Seeds == seeds || !isDue)
        {
            return;
        }

        (shownAt, shownPart) = (time.GetTimestamp(), part);
        var line = FormattableString.Invariant($"{report.Seeds} of {seeds} seeds, {report.Messages} messages, {report.Faults} faults, {Figures.Time(Seconds / report.Seeds * (seeds - report.Seeds))} left");
        if (target.IsTerminal)
        {
            target.Writer.Write("\r" + line.PadRight(width));
            width = line.Length;
        }
        else
        {
            target.Writer.WriteLine(line);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (width > 0)
        {
            target.Writer.Write("\r" + new string(' ', width) + "\r");
        }
    }
}
