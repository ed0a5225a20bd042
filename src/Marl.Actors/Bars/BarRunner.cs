using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Leagues;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Bars;

/// <summary>
/// Runs what the repository's learning bars ask for and judges them. Bars of one pipeline that set the same and run equally long share their
/// runs: a bar at 2 and one at 5 million steps are two looks at the same learning curves.
/// </summary>
public static class BarRunner
{
    /// <summary>Runs and judges; pipelines one after another, and the seeds of each one after another.</summary>
    /// <returns>The report, also written as <c>bars.csv</c>, <c>bars.md</c> and <c>bars.json</c>; a failure only when those could not be written.</returns>
    public static async Task<Result<BarReport>> RunAsync(BarRequest request)
    {
        var folder = request.Out ?? RunFolder.Unused("verify", request.Time.GetUtcNow());
        var made = WholeFile.Folder(folder);
        if (!made.IsSuccess)
        {
            return Result.Failure<BarReport>(made.Diagnostics);
        }

        var judged = new Dictionary<Bar, BarOutcome>(ReferenceEqualityComparer.Instance);
        foreach (var (shared, name) in Shared(request.Bars))
        {
            foreach (var outcome in await JudgeAsync(request, shared, Path.Combine(folder, name)))
            {
                judged.Add(outcome.Bar, outcome);
                request.Judged?.Invoke(outcome);
            }
        }

        var report = new BarReport(folder, request.Bars.Select(b => judged[b]).ToValues());
        return BarFiles.Write(report).Map(_ => report);
    }

    /// <summary>Bars that share their runs, with a folder name of their own.</summary>
    private static IEnumerable<(Values<Bar> Bars, string Name)> Shared(Values<Bar> bars)
    {
        var names = new Dictionary<string, int>();
        foreach (var group in bars.GroupBy(b => (Path.GetFullPath(b.PipelinePath), b.SettingText, b.Steps?.Value)))
        {
            var name = Path.GetFileNameWithoutExtension(group.First().PipelinePath);
            var count = names[name] = names.GetValueOrDefault(name) + 1;
            yield return (group.ToValues(), count == 1 ? name : $"{name}-{count}");
        }
    }

    private static async Task<IEnumerable<BarOutcome>> JudgeAsync(BarRequest request, Values<Bar> bars, string folder)
    {
        var path = bars[0].PipelinePath;
        if (request.Stop.IsCancellationRequested)
        {
            return bars.Select(b => BarOutcome.Of(b, Path.GetFileNameWithoutExtension(path), null, [], [], isStopped: true));
        }

        var experiment = new ExperimentRequest
        {
            Path = path,
            Catalog = request.Catalog,
            Overrides = new() { Parameters = bars[0].Settings?.Value ?? [], StopSteps = bars[0].Steps?.Value },
            Out = folder,
            Progress = request.Progress,
            Stop = request.Stop,
            Time = request.Time,
        };
        var seeds = bars.SelectMany(b => b.Seeds).Distinct().Order().ToValues();
        var series = await SeedSeries.RunAsync(experiment, seeds, seed => request.Began?.Invoke(path, seed), References(bars));
        return series.IsSuccess
            ? Judge(bars, series.Value, request.Catalog)
            : bars.Select(b => BarOutcome.Of(b, Path.GetFileNameWithoutExtension(path), null, [], series.Diagnostics.Select(d => At(b, d)).ToValues(), isStopped: false));
    }

    /// <summary>What is wrong with a value that the bar sets is wrong in the bars file.</summary>
    private static Diagnostic At(Bar bar, Diagnostic problem) =>
        bar.Settings is { } settings && problem.Where == BindingOverrides.Where ? problem with { Where = settings.Where } : problem;

    private static IEnumerable<BarOutcome> Judge(Values<Bar> bars, SeedSeriesResult series, ComponentCatalog catalog)
    {
        var tables = series.Runs.ToDictionary(
            run => run.Summary.Seed, run => (Run: run, Rows: EvaluationTable.Read(new RunFolder(run.Folder).EvaluationTable)));
        var leagues = bars.Any(b => b.IsOfLeague)
            ? series.Runs.ToDictionary(run => run.Summary.Seed, run => LeagueReading.Read(run.Folder, catalog))
            : [];
        var unreadable = leagues.Values.SelectMany(l => l.IsSuccess ? [] : l.Diagnostics).Concat(tables.Values.SelectMany(t => t.Rows.IsSuccess ? [] : t.Rows.Diagnostics));
        var isStopped = series.Problems.Count == 0 && !series.IsComplete;
        ReturnConvention? convention = series.Runs.Select(r => r.Summary.Evaluation?.Convention).FirstOrDefault(c => c is not null);
        foreach (var bar in bars)
        {
            var scores = bar.Seeds
                .Where(tables.ContainsKey)
                .Select(seed => bar.IsOfLeague
                    ? Score(bar, tables[seed].Run, leagues[seed])
                    : Score(bar, tables[seed].Run, tables[seed].Rows.Match(rows => rows, _ => [])))
                .OfType<SeedScore>();
            yield return BarOutcome.Of(bar, series.Pipeline, convention, scores.ToValues(), [.. series.Problems, .. unreadable, .. Unmeasurable(bar, leagues.Values)], isStopped);
        }
    }

    /// <summary>The last evaluation at or before the steps the bar names; a stopped run counts only if it got that far.</summary>
    internal static SeedScore? Score(Bar bar, ExperimentResult run, Values<EvaluationRow> rows)
    {
        var isFar = run.Ending == RunEnding.Completed || (bar.At is { } at && run.Summary.EnvironmentSteps >= at.Value);
        return isFar && rows.LastOrDefault(r => r.EnvironmentSteps <= (bar.At?.Value ?? long.MaxValue)) is { } row
            ? new(run.Summary.Seed, row.EnvironmentSteps, bar.At is null ? run.Summary.WallSeconds : row.Seconds, row.Returns.Mean)
            : null;
    }

    /// <summary>The average of a league's past selves, at the end of a run.</summary>
    private static SeedScore? Score(Bar bar, ExperimentResult run, Result<LeagueReport> league)
    {
        var figure = !league.IsSuccess ? null : bar.Measure == Measure.Distance ? league.Value.Distance : league.Value.Last.Judged.Average;
        return run.Ending == RunEnding.Completed && figure is { } known ? new(run.Summary.Seed, run.Summary.EnvironmentSteps, run.Summary.WallSeconds, known) : null;
    }

    private static IEnumerable<Diagnostic> Unmeasurable(Bar bar, IEnumerable<Result<LeagueReport>> leagues) => leagues
        .Where(l => bar.Measure == Measure.Distance && l.IsSuccess && l.Value.Distance is null)
        .Take(1)
        .Select(l => new Diagnostic(
            LeagueCodes.NoEquilibrium, bar.Where, $"Players of '{l.Value.Game}' decide more than once, and may have many equilibria to be distant from.", "Measure 'exploitability'."));

    private static Values<ReferenceLine> References(Values<Bar> bars)
    {
        var known = bars.SelectMany(b => new (string Label, double? Value)[] { ("random", b.Random), ("optimum", b.Optimum), ("bar", b.AtLeast.Value) });
        return known.Where(k => k.Value is not null).Select(k => new ReferenceLine(k.Label, k.Value!.Value)).Distinct().ToValues();
    }
}
