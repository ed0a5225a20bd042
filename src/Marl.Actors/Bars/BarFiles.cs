using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Bars;

/// <summary>Writes judged bars: a table for people, one for programs, and one for spreadsheets.</summary>
internal static class BarFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Result<long> Write(BarReport report) =>
        WholeFile.Write(Path.Combine(report.Folder, "bars.csv"), Csv(report))
            .Then(_ => WholeFile.Write(Path.Combine(report.Folder, "bars.md"), Markdown(report)))
            .Then(_ => WholeFile.Write(Path.Combine(report.Folder, "bars.json"), Json(report)));

    /// <summary>A row a seed, so that nothing is lost to rounding or averaging.</summary>
    private static string Csv(BarReport report)
    {
        var text = new StringBuilder("pipeline,set,at,statistic,at_least,seed,environment_steps,seconds,return,verdict\n");
        foreach (var outcome in report.Outcomes)
        {
            var bar = outcome.Bar;
            foreach (var score in outcome.Scores)
            {
                text.Append(CultureInfo.InvariantCulture, $"{outcome.Pipeline},{bar.SettingText},{bar.At?.Value},{OptionText.Kebab(bar.Statistic.ToString())},{bar.AtLeast.Value},")
                    .Append(CultureInfo.InvariantCulture, $"{score.Seed},{score.EnvironmentSteps},{score.Seconds:0.###},{score.Return:R},{Word(outcome.Verdict)}\n");
            }
        }

        return text.ToString();
    }

    private static string Markdown(BarReport report)
    {
        string[] heads = BarTable.Heads;
        var text = new StringBuilder();
        Row(text, heads);
        Row(text, heads.Select(_ => "---"));
        foreach (var outcome in report.Outcomes)
        {
            Row(text, BarTable.Row(outcome));
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Json(BarReport report) => new JsonObject
    {
        ["passed"] = report.Passed,
        ["bars"] = new JsonArray([.. report.Outcomes.Select(Json)]),
    }.ToJsonString(Indented) + "\n";

    private static JsonNode Json(BarOutcome outcome) => new JsonObject
    {
        ["pipeline"] = outcome.Pipeline,
        ["set"] = outcome.Bar.Settings is { } settings ? new JsonObject(settings.Value.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Value))) : null,
        ["verdict"] = Word(outcome.Verdict),
        ["measure"] = OptionText.Kebab(outcome.Bar.Measure.ToString()),
        ["statistic"] = OptionText.Kebab(outcome.Bar.Statistic.ToString()),
        ["figure"] = Number(outcome.Figure),
        ["atLeast"] = outcome.Bar.AtLeast.Value,
        ["atMost"] = outcome.Bar.AtMost?.Value,
        ["mean"] = Number(outcome.Returns.Mean),
        ["median"] = Number(outcome.Returns.Median),
        ["standardDeviation"] = Number(outcome.Returns.StandardDeviation),
        ["interval95"] = double.IsFinite(outcome.Returns.Low) ? new JsonArray(outcome.Returns.Low, outcome.Returns.High) : null,
        ["convention"] = outcome.Convention?.Name(),
        ["random"] = outcome.Bar.Random,
        ["optimum"] = outcome.Bar.Optimum,
        ["source"] = outcome.Bar.Source,
        ["minutes"] = Math.Round(outcome.Minutes, 2),
        ["seeds"] = new JsonArray([.. outcome.Scores.Select(s => new JsonObject
        {
            ["seed"] = s.Seed,
            ["environmentSteps"] = s.EnvironmentSteps,
            ["seconds"] = Math.Round(s.Seconds, 3),
            ["return"] = Number(s.Return),
        })]),
        ["problems"] = new JsonArray([.. outcome.Problems.Select(p => (JsonNode)p.ToString())]),
    };

    private static string Word(Verdict verdict) => OptionText.Kebab(verdict.ToString());

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
