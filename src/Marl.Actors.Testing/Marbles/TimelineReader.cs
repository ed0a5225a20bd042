using System.Globalization;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Testing.Marbles;

/// <summary>Reads timelines; <see cref="Marbles"/> tells how they are written.</summary>
internal sealed class TimelineReader
{
    private readonly string text;
    private readonly List<Marble> marbles = [];
    private int at;
    private Stamp stamp;

    private TimelineReader(string text) => this.text = text;

    /// <summary>The timeline.</summary>
    /// <exception cref="MarbleException">The text is none; the message says where and what may stand there.</exception>
    public static Timeline Read(string text) => new TimelineReader(text).Read();

    private Timeline Read()
    {
        while (Skip())
        {
            switch (text[at])
            {
                case '|':
                    at++;
                    return Skip() ? throw Unreadable("Nothing follows the end.") : new([.. marbles], Ends: true);
                case '/':
                    at++;
                    stamp = new(stamp.Update + 1);
                    break;
                case '.':
                    at++;
                    Place([]);
                    break;
                case '(':
                    Place(Group());
                    break;
                default:
                    Place([Token()]);
                    break;
            }
        }

        return new([.. marbles], Ends: false);
    }

    /// <summary>Puts the tokens of one slot at its stamp and goes on to the next.</summary>
    private void Place(IReadOnlyList<string> tokens)
    {
        if (at < text.Length && text[at] == '@')
        {
            at++;
            stamp = ExplicitStamp();
        }

        marbles.AddRange(tokens.Select(token => new Marble(stamp, token)));
        stamp = new(stamp.Update, stamp.Step + 1);
    }

    private List<string> Group()
    {
        var start = at++;
        var tokens = new List<string>();
        while (Skip() && text[at] != ')')
        {
            tokens.Add(Token());
        }

        if (at == text.Length)
        {
            at = start;
            throw Unreadable("This bracket is not closed.");
        }

        at++;
        return tokens;
    }

    private string Token()
    {
        var start = at;
        if (char.IsAsciiLetter(text[at]))
        {
            return text[at++].ToString();
        }

        at += text[at] == '-' ? 1 : 0;
        Digits();
        if (at > start && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            Digits();
        }

        return at > start ? text[start..at] : throw Unreadable("A token is a letter, a number or '-'.");
    }

    private Stamp ExplicitStamp()
    {
        var parts = new List<int> { Number() };
        while (parts.Count < 3 && at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            parts.Add(Number());
        }

        return new(parts[0], parts.Count > 1 ? parts[1] : 0, parts.Count > 2 ? parts[2] : 0);
    }

    private int Number()
    {
        var start = at;
        Digits();
        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable("After '@' stands a stamp: update.step or update.step.round.");
    }

    private void Digits()
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }

    private bool Skip()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length;
    }

    private MarbleException Unreadable(string why) => new(
        $"The timeline can't be read in column {at + 1}.\n\n  {text}\n  {new string(' ', at)}^ {why}\n\n"
        + "In a timeline stand letters and numbers (tokens), '-' (an absent token), '.' (a step at which nothing is sent), '(ab)' (several at one stamp), "
        + "'/' (the next update), 'a@2.1' (a stamp of its own) and '|' (the end).");
}
