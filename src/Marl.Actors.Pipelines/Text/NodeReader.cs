using Marl.Actors.Core.Results;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Marl.Actors.Pipelines.Text;

/// <summary>
/// Characters → nodes, over YamlDotNet's events. What the subset excludes is reported and stepped over; what is not
/// well-formed, or nested too deeply, ends the reading.
/// </summary>
internal sealed class NodeReader
{
    /// <summary>Collections within collections, the outermost included.</summary>
    public const int DeepestNesting = 16;

    private readonly string text;
    private readonly Findings findings;
    private readonly EntryRules rules;
    private readonly Scanner scanner;
    private readonly Parser parser;
    private int depth;
    private int lastEnd;
    private bool hasFailed;

    private NodeReader(string text, Findings findings)
    {
        this.text = text;
        this.findings = findings;
        rules = new EntryRules(text, findings);
        scanner = new Scanner(new StringReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    /// <summary>The root node, or null when there is none that later passes could use.</summary>
    public static TextNode? Read(string text, Findings findings)
    {
        var reader = new NodeReader(text, findings);
        var root = reader.ReadDocument();
        return reader.hasFailed ? null : root;
    }

    private TextNode? ReadDocument()
    {
        if (text.StartsWith('%') || text.Contains("\n%", StringComparison.Ordinal))
        {
            Directive();
            return null;
        }

        var first = Next();
        while (first is StreamStart or DocumentStart)
        {
            first = Next();
        }

        if (first is null or StreamEnd)
        {
            if (!hasFailed)
            {
                findings.Add(TextCodes.Empty, new(findings.File, 1, 1), "The file is empty.", "A pipeline begins with 'pipeline: name'.");
            }

            return null;
        }

        var root = ReadNode(first);
        while (Next() is { } rest)
        {
            if (rest is DocumentStart)
            {
                findings.Add(TextCodes.SecondDocument, Span(rest.Start), "A second document begins here.", "Put it into a file of its own.");
                break;
            }
        }

        return root;
    }

    private void Directive()
    {
        var line = text.Split('\n').ToList().FindIndex(l => l.StartsWith('%'));
        findings.Add(TextCodes.Directive, new(findings.File, line + 1, 1), "A line that begins with '%' is a directive.", "Remove the line.");
        hasFailed = true;
    }

    private ParsingEvent? Next()
    {
        if (hasFailed)
        {
            return null;
        }

        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Besides YamlException the scanner throws bare exceptions (18.1: InvalidOperationException for "a: [1\nb: 2").
            hasFailed = true;
            new SyntaxFailure(text, findings).Report(e, scanner.CurrentPosition);
            return null;
        }
    }

    private TextNode ReadNode(ParsingEvent start)
    {
        var where = Span(start.Start);
        if (start is AnchorAlias alias)
        {
            lastEnd = (int)alias.End.Index;
            findings.Add(TextCodes.Alias, where, $"{Findings.Quote("*" + alias.Value.Value)} is an alias.", "Write the value out, or make it a parameter: $name.");
            return new BrokenNode(where);
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            findings.Add(TextCodes.Anchor, where, $"{Findings.Quote("&" + anchored.Anchor.Value)} is an anchor.", "Remove it; a value used twice is a parameter: $name.");
        }

        if (start is NodeEvent { Tag.IsEmpty: false })
        {
            findings.Add(TextCodes.Tag, where, "A tag ('!…') stands here.", "Remove it; values are read by the type their option declares. A text that begins with '!' needs quotes.");
        }

        return start switch
        {
            Scalar scalar => ReadScalar(scalar, where),
            MappingStart mapping => Within(where, () => ReadMapping(mapping, where)),
            SequenceStart sequence => Within(where, () => ReadSequence(sequence, where)),
            _ => new BrokenNode(where),
        };
    }

    private TextNode Within(SourceSpan where, Func<TextNode> read)
    {
        if (++depth > DeepestNesting)
        {
            findings.Add(TextCodes.TooDeep, where, $"More than {DeepestNesting} levels stand in each other.", "Pipelines need 5 at most; check the brackets.");
            hasFailed = true;
            return new BrokenNode(where);
        }

        var node = read();
        depth--;
        return node;
    }

    private TextNode ReadMapping(MappingStart start, SourceSpan where)
    {
        var entries = new List<MappingEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Next() is { } keyEvent)
        {
            RequireComma(keyEvent, start.Style == MappingStyle.Flow && entries.Count > 0);
            if (keyEvent is MappingEnd end)
            {
                // Of the mapping in "[a: 1]" 18.1 says that it begins at 1:1; its first key knows better. It ends without a brace.
                var isFlow = start.Style == MappingStyle.Flow;
                lastEnd = isFlow && end.Start.Index < text.Length && text[(int)end.Start.Index] == '}' ? (int)end.Start.Index + 1 : lastEnd;
                return new MappingNode(entries.Count > 0 && start.Start.Index == 0 ? entries[0].Key.Where : where, [.. entries], isFlow, Line(end.Start));
            }

            var key = ReadKey(keyEvent);
            if (Next() is not { } valueEvent)
            {
                break;
            }

            var value = ReadNode(valueEvent);
            if (key is null || rules.IsRepeated(key, lines))
            {
                continue;
            }

            entries.Add(new(key, rules.RequireValue(value, key)));
        }

        return new BrokenNode(where);
    }

    private void RequireComma(ParsingEvent next, bool isNeeded)
    {
        if (isNeeded && next is not (MappingEnd or SequenceEnd))
        {
            rules.RequireComma(lastEnd, (int)next.Start.Index, Span(next.Start));
        }
    }

    private ScalarNode? ReadKey(ParsingEvent start)
    {
        var where = Span(start.Start);
        if (ReadNode(start) is not ScalarNode key)
        {
            if (!hasFailed && start is not AnchorAlias)
            {
                findings.Add(TextCodes.BadKey, where, "A key must be a name, not a collection.", "Put quotes around it if it is text.");
            }

            return null;
        }

        return rules.IsSound(key) ? key : null;
    }

    private TextNode ReadSequence(SequenceStart start, SourceSpan where)
    {
        var items = new List<TextNode>();
        while (Next() is { } itemEvent)
        {
            RequireComma(itemEvent, start.Style == SequenceStyle.Flow && items.Count > 0);
            if (itemEvent is SequenceEnd end)
            {
                lastEnd = start.Style == SequenceStyle.Flow ? (int)end.Start.Index + 1 : lastEnd;
                return new SequenceNode(where, [.. items], start.Style == SequenceStyle.Flow, Line(end.Start));
            }

            items.Add(rules.RequireValue(ReadNode(itemEvent)));
        }

        return new BrokenNode(where);
    }

    private TextNode ReadScalar(Scalar scalar, SourceSpan where)
    {
        lastEnd = (int)scalar.End.Index;
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            findings.Add(
                TextCodes.BlockScalar, where, $"A block of text ('{(scalar.Style == ScalarStyle.Literal ? '|' : '>')}') stands here.", "Write the value on one line.");
            return new BrokenNode(where);
        }

        if (scalar.Start.Line != scalar.End.Line)
        {
            findings.Add(
                TextCodes.MultiLineScalar, where, $"The value {Findings.Quote(scalar.Value)} goes on over several lines.", "Write it on one line; check the indentation below.");
            return new BrokenNode(where);
        }

        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        var hasProperties = !scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty;
        var isQuoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        var offsets = isQuoted && !hasProperties ? QuotedText.Offsets(text.AsSpan(start, end - start), scalar.Value) : null;
        return new ScalarNode(scalar.Value, isQuoted, where, start, end, offsets);
    }

    private static int Line(Mark mark) => (int)mark.Line;

    /// <summary>The place of a mark. The end of a text whose last line has no end is a line too far to 18.1.</summary>
    private SourceSpan Span(Mark mark) => mark.Index < text.Length
        ? new(findings.File, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column))
        : new(findings.File, text.AsSpan().Count('\n') + 1, text.Length - text.LastIndexOf('\n'));
}
