using System.Text;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Cli.Printing;

/// <summary>
/// Prints diagnostics as editors, MSBuild and CI recognise them, each on a line of its own. On a terminal the source line
/// follows, with a caret below the column, and then those of the related places.
/// </summary>
internal sealed class DiagnosticPrinter(Outlet target)
{
    private const int Margin = 4;
    private const int LongestFile = 1 << 20;

    /// <summary>Prints them in order.</summary>
    public void Print(IEnumerable<Diagnostic> diagnostics)
    {
        var files = new Dictionary<string, string[]>();
        foreach (var diagnostic in diagnostics)
        {
            target.Writer.WriteLine(OneLine(diagnostic.ToString()));
            foreach (var where in target.IsTerminal ? diagnostic.Related.Select(r => r.Where).Prepend(diagnostic.Where) : [])
            {
                if (where.Line > 0 && Source(files, where) is { } line)
                {
                    Excerpt(line, where.Column);
                }
            }
        }
    }

    private static string? Source(Dictionary<string, string[]> files, SourceSpan where)
    {
        if (!files.TryGetValue(where.File, out var lines))
        {
            lines = files[where.File] = Lines(where.File);
        }

        return where.Line <= lines.Length ? lines[where.Line - 1] : null;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= LongestFile } ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return []; // the diagnostic stands without its excerpt
        }
    }

    /// <summary>The line and the caret; of a long line the part around the column.</summary>
    private void Excerpt(string line, int column)
    {
        var width = Math.Max(20, target.Console.Profile.Width - Margin - 1);
        var caret = Math.Clamp(column - 1, 0, line.Length);
        var first = line.Length <= width ? 0 : Math.Clamp(caret - (width / 2), 0, line.Length - width);
        var shown = OneLine(line.Substring(first, Math.Min(width, line.Length - first)));
        target.Writer.WriteLine(new string(' ', Margin) + shown);
        target.Writer.WriteLine(new string(' ', Margin + caret - first) + "^");
    }

    /// <summary>Nothing in a file may move the cursor or start a line of its own.</summary>
    private static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            clean.Append(char.IsControl(character) ? character == '\t' ? ' ' : '·' : character);
        }

        return clean.ToString();
    }
}
