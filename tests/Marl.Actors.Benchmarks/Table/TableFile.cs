using System.Text;
using Marl.Actors.Benchmarks.Machines;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>The table as Markdown.</summary>
internal static class TableFile
{
    /// <summary>Its text.</summary>
    public static string Text(IReadOnlyList<Row> rows, Scale scale, (DateTimeOffset Date, string? Load) before)
    {
        var text = new StringBuilder("# What it costs\n\n");
        text.Append("Written by `dotnet run -c Release --project tests/Marl.Actors.Benchmarks -- table`, on an otherwise idle machine.\n");
        text.Append($"Figures are medians of {scale.Repetitions} (least..greatest); whatever is compared was measured in the same run unless a line says that it is recorded.\n");
        if (scale.IsQuick)
        {
            text.Append("**Quick mode: these figures say nothing.**\n");
        }

        text.Append($"\n- machine: {Machine.Description}\n- date: {before.Date:yyyy-MM-dd HH:mm} UTC\n- commit: {Machine.Commit ?? "unknown"}\n- load before: {before.Load ?? "unknown"} (1, 5, 15 minutes; running/all; last)\n\n");
        text.Append("| what | figure | bar | figure / bar | met | note |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(row.Markdown()).Append('\n');
        }

        var bars = rows.Count(r => r.IsMet is not null);
        text.Append($"\n{rows.Count(r => r.IsMet == true)} of {bars} bars are met; {rows.Count(r => r.Figure == "failed")} rows failed.\n");
        text.Append("\nA floor is what the matrix products of a step alone would cost, at the rate the kernel reaches on all cores together in the same run.\n");
        text.Append("\n## Peers, as recorded\n\nNot measured in this run: their own programs on a machine of this kind.\n\n| who | what | figure |\n|---|---|---|\n");
        foreach (var (who, what, figure) in Peers.All)
        {
            text.Append($"| {who} | {what} | {figure} |\n");
        }

        return text.ToString();
    }
}
