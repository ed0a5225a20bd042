using Marl.Actors.Core.Results;
using YamlDotNet.Core;

namespace Marl.Actors.Pipelines.Text;

/// <summary>
/// Says in our own words what is not well-formed. YamlDotNet's message only chooses the case; the place and the sentence come
/// from the user's text.
/// </summary>
internal sealed class SyntaxFailure(string text, Findings findings)
{
    private readonly string[] lines = text.Split('\n');

    /// <summary>Reports the one failure that ended the reading.</summary>
    /// <param name="exception">What the parser threw.</param>
    /// <param name="stopped">Where the scanner stood.</param>
    public void Report(Exception exception, Mark stopped)
    {
        var position = Place(stopped);
        if (exception is not YamlException yaml)
        {
            ReportUnknown(position, Brackets.At(text, (int)stopped.Index, findings.File));
            return;
        }

        var where = Place(yaml.Start);
        var openBracket = Brackets.At(text, (int)yaml.Start.Index, findings.File);
        var message = yaml.Message;
        bool Says(string phrase) => message.Contains(phrase, StringComparison.OrdinalIgnoreCase);

        if (Says("block scalar"))
        {
            Add(TextCodes.BlockScalar, where, $"The value begins with {Character(where)}, which is how YAML begins a block of text.", "Write the value on one line; an edge begins with 'stage.port'.");
        }
        else if (Says("quoted scalar"))
        {
            ReportQuoted(where, position, Says);
        }
        else if (Says("invalid mapping"))
        {
            ReportColon(where);
        }
        else if (Says("scanning a tag"))
        {
            Add(TextCodes.Tag, where, "A tag ('!…') stands here.", "Remove it; a text that begins with '!' needs quotes.");
        }
        else if (Says("anchor") || Says("alias"))
        {
            var code = Character(where) == "'*'" ? TextCodes.Alias : TextCodes.Anchor;
            Add(code, where, $"{Character(where)} begins an {(code == TextCodes.Alias ? "alias" : "anchor")}.", "Remove it; a text that begins so needs quotes.");
        }
        else if (Says("flow mapping") || Says("flow sequence"))
        {
            ReportBracket(where, openBracket);
        }
        else
        {
            ReportBlock(where, position, openBracket, Says);
        }
    }

    private void ReportBlock(SourceSpan where, SourceSpan position, OpenBracket? openBracket, Func<string, bool> says)
    {
        if (says("expected key"))
        {
            ReportKey(where);
        }
        else if (says("could not find expected ':'"))
        {
            ReportMissingColon(where.Line);
        }
        else if (says("block sequence entries") || says("expected '-' indicator"))
        {
            Add(TextCodes.MisplacedItem, where, "A list cannot begin or end here.", "Put each item on a line of its own, '- ' first, all indented alike.");
        }
        else if (says("cannot start any token") || says("expected node content") || says("mapping keys are not allowed"))
        {
            ReportCharacter(where, openBracket);
        }
        else
        {
            ReportUnknown(where.Line > 0 ? where : position, openBracket);
        }
    }

    private void ReportQuoted(SourceSpan where, SourceSpan position, Func<string, bool> says)
    {
        if (says("escape") || says("hexadecimal") || says("surrogates"))
        {
            Add(TextCodes.BadEscape, position.Line == where.Line ? position : where, "A backslash in double quotes begins an escape, and this is none.", @"Write \\ for a backslash, or use single quotes.");
        }
        else
        {
            Add(TextCodes.UnclosedQuote, where, $"The quote {Character(where)} is not closed.", "Close it on the same line.");
        }
    }

    private void ReportColon(SourceSpan where)
    {
        var line = Line(where.Line);
        var above = ContentAbove(where.Line);
        if (above > 0 && Line(above).TrimStart() is var previous && !previous.Contains(':') && previous[0] != '-')
        {
            ReportMissingColon(above);
            return;
        }

        var before = line[..Math.Min(where.Column - 1, line.Length)].Trim();
        if (before.Length > 0 && !before.Contains(' ') && !before.Contains(':') && !before.Contains('('))
        {
            Add(
                TextCodes.Indentation, FirstOf(where.Line), $"{Findings.Quote(before)} is indented below a line that has a value already.",
                "Indent it like its neighbours, or remove the value above.");
        }
        else
        {
            Add(
                TextCodes.ColonInValue, where, "A colon followed by a blank stands within a value.",
                "Put the value in quotes; arguments of operators are written 'name=value'.");
        }
    }

    private void ReportMissingColon(int line) =>
        Add(TextCodes.MissingColon, FirstOf(line), $"{Findings.Quote(Line(line).Trim())} has no colon.", "Write 'name: value'.");

    private void ReportBracket(SourceSpan where, OpenBracket? openBracket)
    {
        if (openBracket is { IsClosed: false } open && (where.Line > open.Where.Line || where.Column > Line(where.Line).Length))
        {
            ReportOpen(open);
        }
        else if (where.Line > openBracket?.Where.Line && Character(where) == "':'" && !Line(where.Line)[..(where.Column - 1)].Contains(','))
        {
            ReportMissingComma(where.Line);
        }
        else
        {
            Add(TextCodes.UnexpectedCharacter, where, $"{Character(where)} stands where a comma or the closing bracket must.", "Put a comma between entries, and quotes around text that holds brackets.");
        }
    }

    private void ReportOpen(OpenBracket open) => Add(
        TextCodes.UnclosedBracket, open.Where, $"The bracket {Character(open.Where)} is not closed.", "Close it, or put a comma between its entries.");

    private void ReportMissingComma(int line) => Add(TextCodes.UnexpectedCharacter, FirstOf(line), "No comma stands before this entry.", "Put a comma between entries.");

    private void ReportKey(SourceSpan where)
    {
        var line = Line(where.Line);
        var content = line.Trim();
        if (content.Length == 0 || where.Column > line.Length)
        {
            ReportUnknown(where, null);
        }
        else if (FirstOf(where.Line).Column < where.Column)
        {
            Add(TextCodes.UnexpectedCharacter, where, $"{Character(where)} follows a value that has ended.", "Put the whole value in quotes, or start a new line.");
        }
        else if (content.StartsWith('-'))
        {
            Add(TextCodes.MisplacedItem, where, "A list item stands among keys.", "Indent it below the key it belongs to.");
        }
        else if (content.Length > 0 && !char.IsLetterOrDigit(content[0]) && content[0] is not ('"' or '\'' or '$'))
        {
            ReportCharacter(where, null);
        }
        else if (!content.Contains(':'))
        {
            ReportMissingColon(where.Line);
        }
        else
        {
            Add(TextCodes.Indentation, where, $"{Findings.Quote(content.Split(':')[0])} is indented as none of the lines above.", "Indent it like its neighbours.");
        }
    }

    private void ReportCharacter(SourceSpan where, OpenBracket? openBracket)
    {
        if (openBracket is { } open && where.Column > Line(where.Line).Length)
        {
            ReportOpen(open);
            return;
        }

        Add(TextCodes.UnexpectedCharacter, where, $"{Character(where)} cannot stand here.", "Put quotes around the value if it is text.");
    }

    private void ReportUnknown(SourceSpan position, OpenBracket? openBracket)
    {
        if (openBracket is { IsClosed: true })
        {
            ReportMissingComma(position.Line);
        }
        else if (openBracket is { } open)
        {
            ReportOpen(open);
        }
        else if (!findings.HasAny(position.Line))
        {
            Add(TextCodes.Malformed, position, "This does not belong to anything above.", "Write 'name: value', indented like its neighbours.");
        }
    }

    private void Add(string code, SourceSpan where, string sentence, string remedy) => findings.Add(code, where, sentence, remedy);

    /// <summary>A place in the text: what lies beyond its end is its end.</summary>
    private SourceSpan Place(Mark mark)
    {
        var line = (int)Math.Clamp(mark.Line, 1, lines.Length);
        var last = Line(line).Length + 1;
        return new(findings.File, line, mark.Line > line ? last : (int)Math.Clamp(mark.Column, 1, last));
    }

    private string Line(int line) => line <= lines.Length ? lines[line - 1] : "";

    /// <summary>The nearest line above that is neither empty nor a comment; 0 if there is none.</summary>
    private int ContentAbove(int line)
    {
        do
        {
            line--;
        }
        while (line > 0 && (Line(line).AsSpan().TrimStart().IsEmpty || Line(line).AsSpan().TrimStart()[0] == '#'));
        return line;
    }

    private SourceSpan FirstOf(int line)
    {
        var content = Line(line);
        return new(findings.File, line, content.Length - content.TrimStart().Length + 1);
    }

    private string Character(SourceSpan where)
    {
        var line = Line(where.Line);
        return where.Column <= line.Length ? Findings.Quote(line.Substring(where.Column - 1, 1)) : "the end of the line";
    }
}
