using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Cli.Printing;

/// <summary>What a run came to, and where its results are.</summary>
internal static class ResultPrinter
{
    /// <summary>One run.</summary>
    public static void Print(Outlet target, ExperimentResult result)
    {
        var (summary, folder) = (result.Summary, new RunFolder(result.Folder));
        var table = new TextTable([])
            .Add("pipeline", $"{summary.Pipeline}, seed {summary.Seed}")
            .Add("steps", $"{Figures.Count(summary.EnvironmentSteps)} in {Figures.Time(summary.WallSeconds)} ({Figures.Count(summary.EnvironmentStepsPerSecond)} steps/s)")
            .Add("evaluation", summary.Evaluation is { } evaluation ? Figures.Of(evaluation) : "none")
            .Add("results", result.Folder);
        if (File.Exists(folder.LearningCurve))
        {
            table.Add("curve", folder.LearningCurve);
        }

        if (result.Inboxes.Count > 0)
        {
            var size = Figures.Bytes(result.Inboxes.Sum(path => new FileInfo(path).Length));
            table.Add("recorded", $"{(result.Inboxes.Count == 1 ? result.Inboxes[0] : $"{result.Inboxes.Count} inboxes")}, {size}; replay with: marl replay {result.Folder}");
        }

        if (result.Ending == RunEnding.Stopped)
        {
            table.Add("stopped", $"go on with: marl run --resume {result.Folder}");
        }

        table.Print(target);
    }

    /// <summary>A series: a row a seed, and the mean over seeds.</summary>
    public static void Print(Outlet target, SeedSeriesResult series)
    {
        var table = new TextTable(["seed", "steps", "time", "steps/s", "evaluation", "95 % interval", "results"], 0, 1, 2, 3, 4);
        foreach (var run in series.Runs)
        {
            Add(table, run);
        }

        table.Print(target);
        var returns = series.Returns;
        var convention = series.Runs.Select(r => r.Summary.Evaluation?.Convention).FirstOrDefault(c => c is not null);
        new TextTable([])
            .Add("seeds", series.IsComplete ? $"{series.Seeds.Count}" : $"{returns.Count} of {series.Seeds.Count}")
            .Add("mean", $"{Figures.WithInterval(returns.Mean, returns.Low, returns.High)}{(convention is null ? "" : $" ({Analysis.Statistics.ReturnConventions.Name(convention.Value)}; 95 % interval over seeds)")}")
            .Add("sd", Figures.Return(returns.StandardDeviation))
            .Add("results", series.Folder)
            .Add("curve", new SeriesFolder(series.Folder).LearningCurve)
            .Print(target);
    }

    private static void Add(TextTable table, ExperimentResult run)
    {
        RunSummary summary = run.Summary;
        var evaluation = summary.Evaluation;
        table.Add(
            $"{summary.Seed}",
            Figures.Count(summary.EnvironmentSteps) + (run.Ending == RunEnding.Stopped ? " (stopped)" : ""),
            Figures.Time(summary.WallSeconds),
            Figures.Count(summary.EnvironmentStepsPerSecond),
            Figures.Return(evaluation?.Mean),
            evaluation is { Low: { } low, High: { } high } ? $"[{Figures.Return(low)}, {Figures.Return(high)}]" : "–",
            run.Folder);
    }
}
