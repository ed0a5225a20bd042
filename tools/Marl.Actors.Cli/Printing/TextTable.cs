using Spectre.Console;

namespace Marl.Actors.Cli.Printing;

/// <summary>A table: drawn with lines on a terminal, columns with two spaces between them in a file or pipe.</summary>
/// <param name="heads">The columns' names; empty for none.</param>
/// <param name="numbers">The columns that are aligned to the right, by index.</param>
internal sealed class TextTable(string[] heads, params int[] numbers)
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row.</summary>
    public TextTable Add(params string[] cells)
    {
        rows.Add(cells);
        return this;
    }

    /// <summary>Prints it.</summary>
    public void Print(Outlet target)
    {
        if (target.IsTerminal)
        {
            target.Console.Write(Drawn());
            return;
        }

        foreach (var line in Plain())
        {
            target.Writer.WriteLine(line);
        }
    }

    private Table Drawn()
    {
        var table = new Table { Border = heads.Length > 0 ? TableBorder.Rounded : TableBorder.None, ShowHeaders = heads.Length > 0 };
        for (var i = 0; i < Width; i++)
        {
            var column = new TableColumn(Markup.Escape(heads.Length > 0 ? heads[i] : ""));
            table.AddColumn(numbers.Contains(i) ? column.RightAligned() : column);
        }

        rows.ForEach(row => table.AddRow([.. row.Select(cell => new Text(cell))]));
        return table;
    }

    private IEnumerable<string> Plain()
    {
        var all = heads.Length > 0 ? rows.Prepend(heads) : rows;
        var widths = Enumerable.Range(0, Width).Select(i => all.Max(row => row[i].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, i) => numbers.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private int Width => heads.Length > 0 ? heads.Length : rows[0].Length;
}
