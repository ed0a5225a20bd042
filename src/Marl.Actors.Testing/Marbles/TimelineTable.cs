using System.Text;
using Marl.Actors.Core.Messages;

namespace Marl.Actors.Testing.Marbles;

/// <summary>
/// Timelines below one another: a column for each stamp, where all of them are in the order of their stamps; else each in
/// its own notation.
/// </summary>
internal sealed class TimelineTable
{
    private const int Around = 6; // columns shown on each side of a difference
    private readonly List<(string Name, (Stamp Stamp, string Text)[] Tokens, bool Ends)> rows = [];

    /// <summary>Adds a timeline.</summary>
    public void Add(string name, IEnumerable<(Stamp Stamp, string Text)> tokens, bool ends) => rows.Add((name, [.. tokens], ends));

    /// <summary>The table, with a mark below the column of a stamp.</summary>
    public string Write(Stamp? mark)
    {
        if (rows.Any(row => !row.Tokens.Select(t => t.Stamp).SequenceEqual(row.Tokens.Select(t => t.Stamp).Order(ByTime))))
        {
            var width = rows.Max(r => r.Name.Length);
            return string.Concat(rows.Select(r =>
                $"  {r.Name.PadRight(width)}  {string.Join(' ', r.Tokens.Select(t => $"{t.Text}@{t.Stamp}"))}{(r.Ends ? " |" : "")}\n"));
        }

        var stamps = rows.SelectMany(r => r.Tokens.Select(t => t.Stamp)).Distinct().Order(ByTime).ToList();
        var from = mark is { } marked && stamps.Count > 3 * Around ? Math.Max(0, stamps.IndexOf(marked) - Around) : 0;
        var shown = stamps.Skip(from).Take(mark is null || stamps.Count <= 3 * Around ? stamps.Count : (2 * Around) + 1).ToList();
        var hasEnd = from + shown.Count == stamps.Count;
        List<string[]> cells = [["stamp", .. shown.Select(s => s.ToString()), ""]];
        cells.AddRange(rows.Select(r => (string[])[r.Name, .. shown.Select(s => Cell(r.Tokens, s)), hasEnd ? r.Ends ? "|" : "" : "…"]));
        if (mark is { } column)
        {
            cells.Add(["", .. shown.Select(s => s == column ? "^" : ""), ""]);
        }

        var widths = Enumerable.Range(0, cells[0].Length).Select(c => cells.Max(row => row[c].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            text.Append("  ").AppendLine(string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static Comparer<Stamp> ByTime { get; } = Comparer<Stamp>.Create((a, b) => (a.Update, a.Step, a.Round).CompareTo((b.Update, b.Step, b.Round)));

    private static string Cell((Stamp Stamp, string Text)[] tokens, Stamp stamp)
    {
        var here = tokens.Where(t => t.Stamp == stamp).Select(t => t.Text).ToArray();
        return here.Length switch
        {
            0 => ".",
            1 => here[0],
            _ => $"({string.Join(here.All(t => !char.IsAsciiDigit(t[^1])) ? "" : " ", here)})",
        };
    }
}
