using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Plots;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Results;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Experiments;

/// <summary>The runs of one experiment under several seeds.</summary>
/// <param name="Folder">Where they are: <c>seed-N</c> each, <c>seeds.json</c>, <c>learning-curve.png</c>.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Seeds">The seeds that were asked for.</param>
/// <param name="Runs">The runs that came to an end, in the order of the seeds; the last may have been stopped.</param>
/// <param name="Problems">Why a run failed; empty otherwise. A failure ends the series.</param>
public sealed record SeedSeriesResult(
    string Folder, string Pipeline, Values<long> Seeds, Values<ExperimentResult> Runs, Values<Diagnostic> Problems)
{
    /// <summary>True when every seed was run to its end.</summary>
    public bool IsComplete => Runs.Count == Seeds.Count && Runs.All(r => r.Ending == RunEnding.Completed);

    /// <summary>The last evaluation's mean of each completed run: mean, deviation and interval are over seeds.</summary>
    public Sample Returns => Sample.Of(Runs.Where(r => r.Ending == RunEnding.Completed).Select(r => r.Summary.Evaluation?.Mean).OfType<double>());
}

/// <summary>Runs a pipeline under several seeds, one after another: each in a folder of its own, with one picture over all.</summary>
public static class SeedSeries
{
    /// <summary>Runs them.</summary>
    /// <param name="request">As for one run; <see cref="ExperimentRequest.Out"/> is the folder of all of them. The seed is replaced.</param>
    /// <param name="seeds">At least one.</param>
    /// <param name="began">Told before each run, with its seed.</param>
    /// <param name="references">Lines the picture compares with.</param>
    /// <returns>The series, whole or not; a failure when nothing could begin, or the results over all could not be written.</returns>
    public static async Task<Result<SeedSeriesResult>> RunAsync(
        ExperimentRequest request, Values<long> seeds, Action<long>? began = null, Values<ReferenceLine> references = default)
    {
        var prepared = Experiment.Load(request.Path, request.Catalog, request.Overrides with { Seed = seeds[0] })
            .Then(graph => Experiment.Recordable(request, graph))
            .Then(graph => SeriesFolder.Create(request.Out, graph.Name, request.Time.GetUtcNow(), seeds).Map(folder => (graph, folder)));
        if (!prepared.IsSuccess)
        {
            return Result.Failure<SeedSeriesResult>(prepared.Diagnostics);
        }

        var (graph, folder) = prepared.Value;
        var runs = new List<ExperimentResult>();
        Values<Diagnostic> problems = [];
        foreach (var seed in seeds.TakeWhile(_ => problems.Count == 0 && !request.Stop.IsCancellationRequested))
        {
            began?.Invoke(seed);
            var run = await Experiment.RunAsync(request with { Out = folder.Seed(seed), Overrides = request.Overrides with { Seed = seed } });
            if (run.IsSuccess)
            {
                runs.Add(run.Value);
            }
            else
            {
                problems = run.Diagnostics;
            }
        }

        var result = new SeedSeriesResult(folder.Path, graph.Name, seeds, runs.ToValues(), problems);
        return Curve(graph, folder, result, references)
            .Then(_ => SeedSeriesFile.Write(folder.Summary, result))
            .Map(_ => result);
    }

    /// <summary>The mean over seeds with its interval, from each run's evaluations.</summary>
    private static Result<long> Curve(Graph graph, SeriesFolder folder, SeedSeriesResult series, Values<ReferenceLine> references)
    {
        if (graph.Evaluation is not { } rule || series.Runs.Count == 0)
        {
            return Result.Success(0L);
        }

        var tables = Result.Success<Values<Values<EvaluationRow>>>([]);
        foreach (var run in series.Runs)
        {
            tables = tables.Then(all => EvaluationTable.Read(new RunFolder(run.Folder).EvaluationTable).Map<Values<Values<EvaluationRow>>>(rows => [.. all, rows]));
        }

        return tables.Then(all => new LearningCurvePlot
        {
            Title = graph.Name,
            Returns = $"mean return ({rule.Convention.Name()})",
            Curves = [LearningCurve.OfSeeds("", [.. all.Select(rows => (IReadOnlyList<EvaluationRow>)rows)])],
            References = references,
        }.Save(folder.LearningCurve));
    }
}
