using System.Globalization;
using System.Text;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Sweeps;

/// <summary>Writes a sweep's tables: <c>sweep.csv</c>, a row a run, and <c>settings.csv</c>, a row a setting.</summary>
internal static class SweepFiles
{
    private static readonly string[] TrialHeads =
        ["setting", "seed", "state", "environment_steps", "evaluated_at", "score", "score_low95", "score_high95", "episodes", "convention", "minutes", "weights_sha256"];

    private static readonly string[] SettingHeads = ["setting", "seeds", "failed", "score", "score_low95", "score_high95", "score_sd", "convention", "minutes"];

    public static Result<long> Write(SweepFolder folder, SweepReport report) =>
        WholeFile.Write(folder.Trials, Trials(report)).Then(_ => WholeFile.Write(folder.Settings, Settings(report)));

    private static string Trials(SweepReport report)
    {
        var text = Head(report, TrialHeads);
        foreach (var outcome in report.Outcomes)
        {
            var (setting, summary) = (outcome.Trial.Setting, outcome.Summary);
            var evaluation = summary?.Evaluation;
            Row(text, [
                .. setting.Values,
                setting.Name,
                Text(outcome.Trial.Seed),
                OptionText.Kebab(outcome.State.ToString()),
                Text(summary?.EnvironmentSteps),
                Text(outcome.EvaluatedAt),
                Text(evaluation?.Mean),
                Text(evaluation?.Low),
                Text(evaluation?.High),
                Text(evaluation?.Episodes),
                evaluation?.Convention.Name() ?? "",
                Text(summary is null ? null : Math.Round(summary.WallSeconds / 60, 3)),
                summary?.WeightsSha256 ?? ""]);
        }

        return text.ToString();
    }

    private static string Settings(SweepReport report)
    {
        var text = Head(report, SettingHeads);
        foreach (var score in report.Scores)
        {
            var returns = score.Returns;
            Row(text, [
                .. score.Setting.Values,
                score.Setting.Name,
                Text(returns.Count),
                Text(score.Failed),
                Text(returns.Mean),
                Text(returns.Low),
                Text(returns.High),
                Text(returns.StandardDeviation),
                report.Convention?.Name() ?? "",
                Text(Math.Round(score.Minutes, 3))]);
        }

        return text.ToString();
    }

    /// <summary>The parameters come first; one that is named as another column is told apart.</summary>
    private static StringBuilder Head(SweepReport report, string[] heads)
    {
        var text = new StringBuilder();
        Row(text, [.. report.Sweep.Parameters.Select(p => heads.Contains(p) ? $"parameter.{p}" : p), .. heads]);
        return text;
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    /// <summary>RFC 4180: what could be taken for the form of the table stands in quotes.</summary>
    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    private static string Text(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";
}
