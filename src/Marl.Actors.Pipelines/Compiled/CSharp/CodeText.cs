using System.Globalization;
using System.Text;

namespace Marl.Actors.Pipelines.Compiled.CSharp;

/// <summary>C# text under construction: lines with LF, indented by blocks.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>An empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>A line at the current depth.</summary>
    public void Line(string line) => text.Append(' ', 4 * depth).Append(line).Append('\n');

    /// <summary>A line of documentation.</summary>
    public void Doc(string tag, string content) => Line($"/// <{tag}>{Escaped(content)}</{tag.Split(' ')[0]}>");

    /// <summary>A head, lines that belong to it, and what stands in braces below.</summary>
    public void Block(string head, Action content, params IEnumerable<string> continuation)
    {
        Line(head);
        foreach (var line in continuation)
        {
            Line("    " + line);
        }

        Line("{");
        depth++;
        content();
        depth--;
        Line("}");
    }

    /// <summary>Pieces with an empty line between them.</summary>
    public void Separated<T>(IEnumerable<T> items, Action<T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                Line();
            }

            isFirst = false;
            write(item);
        }
    }

    /// <summary>A C# string literal.</summary>
    public static string Literal(string value)
    {
        if (value.All(c => c is >= ' ' and < '\x7f' and not ('"' or '\\')))
        {
            return $"\"{value}\"";
        }

        var literal = new StringBuilder("\"");
        foreach (var c in value)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Escaped(string content) =>
        new string([.. content.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? ' ' : c)])
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
