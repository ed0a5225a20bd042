using System.Globalization;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>Where a resumed run goes on.</summary>
/// <param name="Update">The first update that is done again or anew; rows from it on are dropped.</param>
/// <param name="EnvironmentSteps">Environment steps done before it.</param>
/// <param name="NextEvaluation">The first policy version that is evaluated again or anew.</param>
public sealed record ResumePoint(int Update, long EnvironmentSteps, int NextEvaluation);

/// <summary>
/// The metrics of a run while it runs: <c>training.csv</c> (a row an update), <c>evaluation.csv</c> (a row an evaluation) and a
/// TensorBoard event file with the same numbers over environment steps. Called from one thread. A disk that is full costs rows,
/// never the run: each call returns what went wrong.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private const string EvaluationGroup = "evaluation/";

    private static readonly Values<string> TrainingColumns =
        ["update", "environment_steps", "seconds", "episodes", "return_team_sum", "return_per_agent", "length_mean"];

    private static readonly Values<string> EvaluationColumns =
        ["update", "environment_steps", "seconds", "episodes", "return_mean", "return_sd", "return_median", "return_low95", "return_high95", "length_mean"];

    private readonly double startedAt;
    private readonly CsvTable training;
    private readonly CsvTable evaluation;
    private readonly EventFile events;

    private MetricsLog(double startedAt, CsvTable training, CsvTable evaluation, EventFile events) =>
        (this.startedAt, this.training, this.evaluation, this.events) = (startedAt, training, evaluation, events);

    /// <summary>Opens the three files in a folder that exists.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="startedAt">Wall time of second 0 of the run, in seconds since 1970; names the event file.</param>
    /// <param name="resume">Where a resumed run goes on; null begins anew.</param>
    /// <returns>The log, or diagnostics (MARL34xx).</returns>
    public static Result<MetricsLog> Open(string folder, double startedAt, ResumePoint? resume = null)
    {
        var events = resume is null
            ? EventFile.Begin(EventPath(folder, startedAt), startedAt)
            : ResumeEvents(folder, startedAt, resume);
        return CsvTable.Open(Path.Combine(folder, "training.csv"), TrainingColumns, resume?.Update)
            .Then(training => CsvTable.Open(Path.Combine(folder, "evaluation.csv"), EvaluationColumns, resume?.NextEvaluation)
                .Then(evaluation => events.Map(file => new MetricsLog(startedAt, training, evaluation, file))));
    }

    /// <summary>Adds an update.</summary>
    /// <returns>What could not be written; empty when all went well.</returns>
    public Values<Diagnostic> Training(TrainingRow row)
    {
        var episodes = row.Episodes;
        Metric[] figures = episodes is null ? [] :
        [
            new("return-team-sum", episodes.TeamSum), new("return-per-agent", episodes.PerAgent), new("length-mean", episodes.LengthMean),
            .. episodes.Success is { } success ? [new Metric("success", success)] : Array.Empty<Metric>(),
        ];
        Metric[] place = Place(row.Update, row.EnvironmentSteps, row.Seconds, episodes?.Count ?? 0);
        var table = training.Append([.. place, .. figures.Select(Snake), .. row.Learner.Select(Snake)]);
        var board = events.Append(
            row.EnvironmentSteps,
            startedAt + row.Seconds,
            [.. figures.Select(f => Under("training/", f)), .. row.Learner.Select(l => Under("learner/", l))]);
        return [.. table.Diagnostics, .. board.Diagnostics];
    }

    /// <summary>Adds an evaluation pass.</summary>
    /// <returns>What could not be written; empty when all went well.</returns>
    public Values<Diagnostic> Evaluation(EvaluationRow row)
    {
        var returns = row.Returns;
        Metric[] figures =
        [
            new("return-mean", returns.Mean), new("return-sd", returns.StandardDeviation), new("return-median", returns.Median),
            new("return-low95", returns.Low), new("return-high95", returns.High), new("length-mean", row.LengthMean),
        ];
        var table = evaluation.Append([.. Place(row.Update, row.EnvironmentSteps, row.Seconds, returns.Count), .. figures.Select(Snake)]);
        var board = events.Append(
            row.EnvironmentSteps,
            startedAt + row.Seconds,
            figures.Where(f => !double.IsNaN(f.Value)).Select(f => Under(EvaluationGroup, f)));
        return [.. table.Diagnostics, .. board.Diagnostics];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        training.Dispose();
        evaluation.Dispose();
        events.Dispose();
    }

    private static Metric[] Place(int update, long steps, double seconds, int episodes) =>
    [
        new("update", update), new("environment_steps", steps), new("seconds", Math.Round(seconds, 3)), new("episodes", episodes),
    ];

    private static Metric Snake(Metric metric) => metric with { Name = metric.Name.Replace('-', '_') };

    private static Metric Under(string group, Metric metric) => metric with { Name = group + metric.Name };

    private static string EventPath(string folder, double startedAt) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{(long)startedAt}.marl"));

    private static Result<EventFile> ResumeEvents(string folder, double startedAt, ResumePoint resume)
    {
        var path = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "events.out.tfevents.*.marl").Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
        var evaluated = resume.NextEvaluation <= 0 ? -1 : resume.Update <= 0
            ? resume.EnvironmentSteps
            : (resume.NextEvaluation - 1) * (resume.EnvironmentSteps / resume.Update);
        return EventFile.Resume(
            path ?? EventPath(folder, startedAt),
            startedAt,
            scalar => scalar.Step <= (scalar.Tag.StartsWith(EvaluationGroup, StringComparison.Ordinal) ? evaluated : resume.EnvironmentSteps));
    }
}
