namespace Marl.Actors.Pipelines.Model;

/// <summary>Names: a lower-case letter, then letters, digits and hyphens (<c>simple-spread</c>, <c>maxSteps</c>).</summary>
public static class Identifier
{
    /// <summary>What names look like, for remedies.</summary>
    public const string Rule = "Names begin with a lower-case letter and go on with letters, digits and '-'.";

    /// <summary>Whether all of <paramref name="text"/> is a name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => text.Length > 0 && Length(text) == text.Length;

    /// <summary>How many characters at the start of <paramref name="text"/> are a name.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (length == 0 ? char.IsAsciiLetterLower(text[0]) : char.IsAsciiLetterOrDigit(text[length]) || text[length] == '-'))
        {
            length++;
        }

        return length;
    }
}
