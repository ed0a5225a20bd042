using System.Globalization;
using Marl.Actors.Runtime.Profiles;

namespace Marl.Actors.Cli.Printing;

/// <summary>Where a run's time went.</summary>
internal static class ProfilePrinter
{
    public static void Print(Outlet target, ProfileReport report)
    {
        target.Writer.WriteLine();
        var stages = new TextTable(["stage", "instances", "firings", "computed s", "busiest s", "of the run", "waited s", "allocated"], 1, 2, 3, 4, 5, 6, 7);
        foreach (var stage in report.Stages)
        {
            stages.Add(stage.Stage, $"{stage.Instances}", Figures.Count(stage.Firings), Seconds(stage.Seconds), Seconds(stage.BusiestSeconds), Percent(report.Share(stage.BusiestSeconds)), Seconds(stage.Waited), Figures.Bytes(stage.AllocatedBytes));
        }

        stages.Print(target);
        target.Writer.WriteLine();
        var edges = new TextTable(["edge", "messages", "bytes", "operators s", "waited for s", "dropped", "overwritten", "entropy bits"], 1, 2, 3, 4, 5, 6, 7);
        foreach (var edge in report.Edges)
        {
            edges.Add(edge.Edge, Figures.Count(edge.Messages), Figures.Bytes(edge.Bytes), Seconds(edge.OperatorSeconds), Seconds(edge.Waited), Figures.Count(edge.Dropped), Figures.Count(edge.Overwritten), double.IsNaN(edge.Entropy) ? "–" : Seconds(edge.Entropy));
        }

        edges.Print(target);
        target.Writer.WriteLine();
        target.Writer.WriteLine(Sentence(report));
    }

    /// <summary>The bottleneck in one sentence.</summary>
    internal static string Sentence(ProfileReport report) => report.Bottleneck is not { } stage ? "bottleneck  none: nothing fired"
        : $"bottleneck  {stage.Stage}: {(stage.Instances > 1 ? "its busiest instance computes" : "it computes")} for {Percent(report.Share(stage.BusiestSeconds))} of {Seconds(report.Seconds)} s"
            + (report.WaitedFor(stage) is { } edge ? $"; others wait {Seconds(edge.Waited)} s for {edge.Edge}" : "");

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
