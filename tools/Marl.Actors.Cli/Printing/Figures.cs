using System.Globalization;
using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;

namespace Marl.Actors.Cli.Printing;

/// <summary>Numbers as people read them; the same everywhere, whatever the machine's language.</summary>
internal static class Figures
{
    /// <summary><c>1,250,000</c></summary>
    public static string Count(double value) => double.IsFinite(value) ? value.ToString("N0", CultureInfo.InvariantCulture) : "–";

    /// <summary><c>42.1 MB</c>, <c>870 KB</c></summary>
    public static string Bytes(long bytes) => bytes < 1_000_000
        ? $"{Count(Math.Ceiling(bytes / 1e3))} KB"
        : $"{(bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture)} MB";

    /// <summary><c>-24.31</c>; <c>–</c> for what is not a number.</summary>
    public static string Return(double? value) => value is { } number && double.IsFinite(number)
        ? number.ToString(Math.Abs(number) >= 1000 ? "0" : "0.0#", CultureInfo.InvariantCulture)
        : "–";

    /// <summary><c>0.0123</c></summary>
    public static string Small(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary><c>0:42</c>, <c>12:07</c>, <c>1:02:33</c></summary>
    public static string Time(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds > 3.6e6)
        {
            return "–";
        }

        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours >= 1
            ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"
            : $"{time.Minutes}:{time.Seconds:00}";
    }

    /// <summary><c>-24.31 [-24.9, -23.7]</c></summary>
    public static string WithInterval(double? mean, double? low, double? high) =>
        low is { } least && high is { } most && double.IsFinite(least) && double.IsFinite(most)
            ? $"{Return(mean)} [{Return(least)}, {Return(most)}]"
            : Return(mean);

    /// <summary>The newest evaluation in a line.</summary>
    public static string Of(EvaluationRow row) => WithInterval(row.Returns.Mean, row.Returns.Low, row.Returns.High);

    /// <summary>A summary's evaluation: figure, interval, episodes and what it means.</summary>
    public static string Of(EvaluationSummary evaluation) =>
        $"{WithInterval(evaluation.Mean, evaluation.Low, evaluation.High)} over {evaluation.Episodes} episodes ({evaluation.Convention.Name()})";
}
