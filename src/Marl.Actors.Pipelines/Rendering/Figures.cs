using System.Globalization;

namespace Marl.Actors.Pipelines.Rendering;

/// <summary>Numbers as people read them: three significant digits, the same on every machine.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary><c>0.0234</c>, <c>1.5</c>, <c>3200</c>.</summary>
    public static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);
        return Math.Round(value, decimals).ToString(decimals == 0 ? "0" : "0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary><c>12 B</c>, <c>1.85 kB</c> (1 kB is 1000 B).</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 999.5 && unit < Units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        return $"{Number(bytes)} {Units[unit]}";
    }

    /// <summary><c>1 stage</c>, <c>3 stages</c>.</summary>
    public static string Count(long count, string noun) => $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
