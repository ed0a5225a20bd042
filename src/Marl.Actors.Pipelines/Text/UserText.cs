using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Marl.Actors.Pipelines.Text;

/// <summary>Text from users' files, fit for a sentence: short, on one line, and nothing in it moves a cursor or turns the writing around.</summary>
internal static partial class UserText
{
    private const int LongestQuote = 48;
    private const int LongestSentence = 600;

    /// <summary>The text in single quotes.</summary>
    public static string Quote(string text) => $"'{Short(text)}'";

    /// <summary>A sentence with users' text in it.</summary>
    public static string Shown(string sentence)
    {
        if (sentence.Length > LongestSentence)
        {
            sentence = LongQuote().Replace(sentence, quoted => $"'{Short(quoted.Groups[1].Value)}'");
            sentence = sentence.Length > LongestSentence ? sentence[..LongestSentence] + "…." : sentence;
        }

        return sentence.Any(IsUnfit) ? string.Concat(sentence.Select(c => IsUnfit(c) ? '?' : c)) : sentence;
    }

    private static string Short(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LongestQuote)))
        {
            line.Append(IsUnfit(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return (text.Length > LongestQuote ? line.Append('…') : line).ToString();
    }

    private static bool IsUnfit(char c) => c >= '\u007F'
        ? char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        : c < ' ' || c == '\u007F';

    [GeneratedRegex("'([^']{80,})'")]
    private static partial Regex LongQuote();
}
