using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>A bracket or brace that is open where something is wrong.</summary>
/// <param name="Where">Its place.</param>
/// <param name="IsClosed">It is closed further below.</param>
internal sealed record OpenBracket(SourceSpan Where, bool IsClosed);

/// <summary>
/// Finds the brackets that are open at a place, by the characters alone: of a text that is not well-formed YamlDotNet does not
/// always say so before it throws (18.1: nothing for "- [1\n- 2").
/// </summary>
internal ref struct Brackets
{
    private readonly ReadOnlySpan<char> text;
    private readonly Stack<int> open = new();
    private int at;

    private Brackets(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>The innermost bracket that is open at <paramref name="index"/>; null when none is.</summary>
    public static OpenBracket? At(string text, int index, string file)
    {
        var brackets = new Brackets(text);
        brackets.Read(Math.Min(index, text.Length));
        if (brackets.open.Count == 0)
        {
            return null;
        }

        var start = brackets.open.Peek();
        var line = text.AsSpan(0, start).Count('\n') + 1;
        return new(new(file, line, start - LineStart(text, start) + 1), brackets.IsClosed());
    }

    private void Read(int end)
    {
        var isValue = true; // a value may begin here; elsewhere a bracket is text
        while (at < end)
        {
            if (open.Count > 0)
            {
                InFlow();
                isValue = false;
                continue;
            }

            var c = text[at];
            var isBeforeBlank = at + 1 >= text.Length || text[at + 1] is ' ' or '\n';
            if (isValue && c is '[' or '{')
            {
                open.Push(at++);
            }
            else if (isValue && c is '"' or '\'')
            {
                Quoted();
                isValue = false;
            }
            else if (c == '#' && (at == 0 || text[at - 1] is ' ' or '\n'))
            {
                Comment();
            }
            else
            {
                isValue = c == '\n' || (isBeforeBlank && (c == ':' || (isValue && c is '-' or '?'))) || (isValue && c == ' ');
                at++;
            }
        }
    }

    /// <summary>One character, comment or quoted text within brackets.</summary>
    private void InFlow()
    {
        switch (text[at])
        {
            case '[' or '{':
                open.Push(at++);
                break;
            case ']' or '}':
                open.Pop();
                at++;
                break;
            case '"' or '\'' when text[..at].TrimEnd() is [.., '[' or '{' or ',' or ':']:
                Quoted();
                break;
            case '#' when text[at - 1] is ' ' or '\n':
                Comment();
                break;
            default:
                at++;
                break;
        }
    }

    /// <summary>Whether the innermost open bracket is closed before a line that is indented no deeper than the one it stands in.</summary>
    private bool IsClosed()
    {
        var depth = open.Count;
        var start = LineStart(text, open.Peek());
        var indentation = Indentation(start);
        var isFirst = start + indentation == open.Peek();
        while (at < text.Length)
        {
            var isLineStart = at > 0 && text[at - 1] == '\n';
            if (isLineStart && !isFirst && Indentation(at) is var inner && inner <= indentation && text[(at + inner)..] is [not (']' or '}' or '\n' or '#'), ..])
            {
                return false;
            }

            InFlow();
            if (open.Count < depth)
            {
                return true;
            }
        }

        return false;
    }

    private readonly int Indentation(int lineStart) => text[lineStart..].IndexOfAnyExcept(' ') is var blanks and >= 0 ? blanks : 0;

    private static int LineStart(ReadOnlySpan<char> text, int index) => text[..index].LastIndexOf('\n') + 1;

    private void Comment() => at = text[at..].IndexOf('\n') is var end and >= 0 ? at + end : text.Length;

    /// <summary>Quoted text; up to the end of its line when it does not end there.</summary>
    private void Quoted()
    {
        var quote = text[at++];
        while (at < text.Length && text[at] != quote && text[at] != '\n')
        {
            at += quote == '"' && text[at] == '\\' && at + 1 < text.Length ? 2 : 1;
        }

        at = Math.Min(text.Length, at < text.Length && text[at] == quote ? at + 1 : at);
    }
}
