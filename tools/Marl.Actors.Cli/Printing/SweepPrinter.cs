using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Sweeps;

namespace Marl.Actors.Cli.Printing;

/// <summary>What a sweep came to: a row a setting, the best first, and where the results are.</summary>
internal static class SweepPrinter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people.</summary>
    public static void Print(Outlet target, SweepReport report)
    {
        var heads = SweepTable.Heads(report.Sweep);
        var table = new TextTable(heads, [.. Enumerable.Range(0, heads.Length)]);
        foreach (var score in report.Scores)
        {
            table.Add(SweepTable.Row(score));
        }

        table.Print(target);
        var folder = new SweepFolder(report.Folder);
        var done = report.Outcomes.Count(o => o.State == TrialState.Completed);
        var facts = new TextTable([])
            .Add("sweep", $"{report.Sweep.Name} of {report.Sweep.Pipeline}{(report.Convention is { } convention ? $", {convention.Name()} returns" : "")}")
            .Add("runs", report.IsComplete ? $"{done}" : $"{done} of {report.Outcomes.Count}")
            .Add("results", report.Folder);
        if (File.Exists(folder.LearningCurves))
        {
            facts.Add("curves", folder.LearningCurves);
        }

        if (!report.IsComplete)
        {
            facts.Add("left", $"go on with: marl run --resume {report.Folder}");
        }

        facts.Print(target);
    }

    /// <summary>For programs.</summary>
    public static string Json(SweepReport report) => new JsonObject
    {
        ["sweep"] = report.Sweep.Name,
        ["pipeline"] = report.Sweep.Pipeline,
        ["isComplete"] = report.IsComplete,
        ["folder"] = report.Folder,
        ["convention"] = report.Convention?.Name(),
        ["settings"] = new JsonArray([.. report.Scores.Select(score => Json(report, score))]),
    }.ToJsonString(Indented);

    private static JsonNode Json(SweepReport report, SettingScore score) => new JsonObject
    {
        ["setting"] = score.Setting.Name,
        ["parameters"] = new JsonObject(report.Sweep.Parameters.Zip(score.Setting.Values, (name, value) => KeyValuePair.Create(name, (JsonNode?)value))),
        ["mean"] = Number(score.Returns.Mean),
        ["standardDeviation"] = Number(score.Returns.StandardDeviation),
        ["interval95"] = double.IsFinite(score.Returns.Low) ? new JsonArray(score.Returns.Low, score.Returns.High) : null,
        ["seeds"] = score.Returns.Count,
        ["failed"] = score.Failed,
        ["minutes"] = Math.Round(score.Minutes, 2),
    };

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
