using System.Globalization;
using System.Text;

namespace Marl.Actors.Pipelines.Formatting;

/// <summary>Writes a scalar: plain where that is safe in every context, else in double quotes.</summary>
public static class ScalarText
{
    /// <summary>The text, quoted if need be.</summary>
    /// <param name="text">What it must read back as.</param>
    /// <param name="isInFlow">It stands in braces or brackets.</param>
    public static string Write(string text, bool isInFlow) => IsPlain(text, isInFlow) ? text : Quoted(text);

    private static bool IsPlain(string text, bool isInFlow)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] is ' ' or ':' || text is "<<" || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal) || !IsPlainStart(text))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var isColonBeforeBlank = text[i] == ':' && (isInFlow || text[i + 1] == ' ');
            var isComment = text[i] == '#' && i > 0 && text[i - 1] == ' ';
            if (isColonBeforeBlank || isComment || !IsPrintable(text[i]) || (isInFlow && text[i] is ',' or '[' or ']' or '{' or '}'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainStart(string text) => text[0] switch
    {
        '-' or '.' => text.Length > 1 && (char.IsAsciiLetterOrDigit(text[1]) || text[1] is '.' or '/'),
        '$' or '_' or '/' or '(' or '+' or '~' or '=' or '<' or '^' or ';' => true,
        _ => char.IsLetterOrDigit(text[0]) || text[0] > '\u00A0',
    };

    private static bool IsPrintable(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029' or '\uFEFF');

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                quoted.Append(text, i++, 2);
                continue;
            }

            _ = text[i] switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                var c when !IsPrintable(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                var c => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
