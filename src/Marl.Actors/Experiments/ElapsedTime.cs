using System.Globalization;
using System.Text;
using Marl.Actors.Core.Files;

namespace Marl.Actors.Experiments;

/// <summary>How long a run had been going before it was resumed, from its <c>training.csv</c>.</summary>
internal static class ElapsedTime
{
    /// <summary>Seconds of the last update at or before those environment steps; 0 where the table can't say.</summary>
    public static double Before(string trainingTable, long environmentSteps)
    {
        var lines = WholeFile.Read(trainingTable).Match(bytes => Encoding.UTF8.GetString(bytes).Split('\n'), _ => [""]);
        var heads = lines[0].Split(',');
        var (steps, seconds) = (Array.IndexOf(heads, "environment_steps"), Array.IndexOf(heads, "seconds"));
        return steps < 0 || seconds < 0 ? 0 : lines.Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells.Length == heads.Length && Number(cells[steps]) <= environmentSteps)
            .Select(cells => Number(cells[seconds]))
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Max();
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
