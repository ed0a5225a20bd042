using System.Globalization;
using Marl.Actors.Pipelines.Campaigns.Sweeps;

namespace Marl.Actors.Sweeps;

/// <summary>Scored settings as the cells of a table.</summary>
public static class SweepTable
{
    /// <summary>The columns: the parameters, and what their runs came to.</summary>
    public static string[] Heads(Sweep sweep) => [.. sweep.Parameters, "seeds", "return", "95 % interval over seeds", "minutes"];

    /// <summary>The cells of a setting.</summary>
    public static string[] Row(SettingScore score)
    {
        var returns = score.Returns;
        return
        [
            .. score.Setting.Values,
            (returns.Count == score.Seeds ? $"{score.Seeds}" : $"{returns.Count} of {score.Seeds}") + (score.Failed > 0 ? $", {score.Failed} failed" : ""),
            Figure(returns.Mean),
            double.IsFinite(returns.Low) ? $"[{Figure(returns.Low)}, {Figure(returns.High)}]" : "–",
            score.Minutes > 0 ? score.Minutes.ToString("0.0", CultureInfo.InvariantCulture) : "–",
        ];
    }

    /// <summary><c>penalty=-10 entropy=0.2</c></summary>
    public static string Words(Sweep sweep, SweepSetting setting) => string.Join(' ', sweep.Parameters.Zip(setting.Values, (name, value) => $"{name}={value}"));

    private static string Figure(double value) => double.IsFinite(value) ? value.ToString("0.0##", CultureInfo.InvariantCulture) : "–";
}
