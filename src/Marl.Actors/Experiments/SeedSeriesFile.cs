using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Experiments;

/// <summary>Writes <c>seeds.json</c>: the figures over seeds, and every run's summary.</summary>
internal static class SeedSeriesFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Result<long> Write(string path, SeedSeriesResult series) => WholeFile.Write(path, Content(series).ToJsonString(Indented) + "\n");

    private static JsonObject Content(SeedSeriesResult series)
    {
        var returns = series.Returns;
        return new()
        {
            ["pipeline"] = series.Pipeline,
            ["seeds"] = new JsonArray([.. series.Seeds.Select(s => (JsonNode)s)]),
            ["isComplete"] = series.IsComplete,
            ["evaluation"] = returns.Count == 0 ? null : new JsonObject
            {
                ["mean"] = Number(returns.Mean),
                ["standardDeviation"] = Number(returns.StandardDeviation),
                ["median"] = Number(returns.Median),
                ["seeds"] = returns.Count,
                ["interval95"] = double.IsFinite(returns.Low) ? new JsonArray(returns.Low, returns.High) : null,
                ["convention"] = series.Runs.Select(r => r.Summary.Evaluation?.Convention.Name()).FirstOrDefault(name => name is not null),
            },
            ["runs"] = new JsonArray([.. series.Runs.Select(Run)]),
        };
    }

    private static JsonNode Run(ExperimentResult run) => new JsonObject
    {
        ["folder"] = Path.GetFileName(run.Folder),
        ["isComplete"] = run.Ending == RunEnding.Completed,
        ["summary"] = JsonNode.Parse(SummaryFile.Text(run.Summary)),
    };

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
