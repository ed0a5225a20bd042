using System.Globalization;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Options;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Bars;

/// <summary>Judged bars as the cells of a table.</summary>
public static class BarTable
{
    /// <summary>The columns.</summary>
    public static string[] Heads =>
        ["pipeline", "seeds", "steps", "minutes", "statistic", "return", "95 % interval over seeds", "bar", "random", "optimum", "verdict"];

    /// <summary>The cells of a bar.</summary>
    public static string[] Row(BarOutcome outcome)
    {
        var (bar, returns) = (outcome.Bar, outcome.Returns);
        return
        [
            bar.Settings is null ? outcome.Pipeline : $"{outcome.Pipeline} {bar.SettingText}",
            outcome.Scores.Count == bar.Seeds.Count ? $"{bar.Seeds.Count}" : $"{outcome.Scores.Count} of {bar.Seeds.Count}",
            outcome.EnvironmentSteps.ToString("N0", CultureInfo.InvariantCulture),
            outcome.Minutes.ToString("0.0", CultureInfo.InvariantCulture),
            OptionText.Kebab(bar.Statistic.ToString()) + (bar.IsOfLeague ? $", {OptionText.Kebab(bar.Measure.ToString())}" : outcome.Convention is { } convention ? $", {convention.Name()}" : ""),
            Figure(outcome.Figure),
            double.IsFinite(returns.Low) ? $"[{Figure(returns.Low)}, {Figure(returns.High)}]" : "–",
            bar.AtMost is { } limit ? $"{Figure(bar.AtLeast.Value)} to {Figure(limit.Value)}" : $"≥ {Figure(bar.AtLeast.Value)}",
            Figure(bar.Random ?? double.NaN),
            Figure(bar.Optimum ?? double.NaN),
            outcome.Verdict switch { Verdict.Passed => "pass", Verdict.Failed => "FAIL", _ => "stopped" },
        ];
    }

    private static string Figure(double value) => double.IsFinite(value) ? value.ToString("0.0##", CultureInfo.InvariantCulture) : "–";
}
