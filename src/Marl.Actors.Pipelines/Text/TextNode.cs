using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>A piece of the file's structure at its place. First pass of the compiler: text → nodes.</summary>
public abstract class TextNode(SourceSpan where)
{
    /// <summary>Where it begins.</summary>
    public SourceSpan Where { get; } = where;

    /// <summary>What it is, for sentences: <c>a mapping</c>.</summary>
    public abstract string Noun { get; }
}

/// <summary>A value on one line. Its text is never interpreted here.</summary>
public sealed class ScalarNode : TextNode
{
    private readonly int[]? offsets;

    internal ScalarNode(string text, bool isQuoted, SourceSpan where, int start, int end, int[]? offsets)
        : base(where)
    {
        Text = text;
        IsQuoted = isQuoted;
        Start = start;
        End = end;
        this.offsets = offsets;
    }

    /// <summary>The text, without quotes and with escapes resolved.</summary>
    public string Text { get; }

    /// <summary>Single or double quotes stand around it.</summary>
    public bool IsQuoted { get; }

    /// <inheritdoc/>
    public override string Noun => "a single value";

    /// <summary>Index of the first character in the decoded file.</summary>
    internal int Start { get; }

    /// <summary>Index after the last character in the decoded file.</summary>
    internal int End { get; }

    /// <summary>The place of the character at <paramref name="index"/> of <see cref="Text"/>; the place after it for its length.</summary>
    public SourceSpan At(int index) => Where with
    {
        Column = Where.Column + (offsets is null ? index + (IsQuoted ? 1 : 0) : offsets[Math.Min(index, offsets.Length - 1)]),
    };

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A key and its value.</summary>
public sealed record MappingEntry(ScalarNode Key, TextNode Value);

/// <summary>Keys with values, in the order of the file; no key twice.</summary>
public sealed class MappingNode(SourceSpan where, Values<MappingEntry> entries, bool isFlow, int endLine) : TextNode(where)
{
    /// <summary>The entries in order.</summary>
    public Values<MappingEntry> Entries { get; } = entries;

    /// <summary>It is written in braces.</summary>
    public bool IsFlow { get; } = isFlow;

    /// <inheritdoc/>
    public override string Noun => "a mapping";

    /// <summary>The line of the closing brace; meaningless for block mappings.</summary>
    internal int EndLine { get; } = endLine;
}

/// <summary>Items in order.</summary>
public sealed class SequenceNode(SourceSpan where, Values<TextNode> items, bool isFlow, int endLine) : TextNode(where)
{
    /// <summary>The items in order.</summary>
    public Values<TextNode> Items { get; } = items;

    /// <summary>It is written in brackets.</summary>
    public bool IsFlow { get; } = isFlow;

    /// <inheritdoc/>
    public override string Noun => "a list";

    /// <summary>The line of the closing bracket; meaningless for block sequences.</summary>
    internal int EndLine { get; } = endLine;
}

/// <summary>Something that was reported already; later passes step over it in silence.</summary>
internal sealed class BrokenNode(SourceSpan where) : TextNode(where)
{
    /// <inheritdoc/>
    public override string Noun => "nothing";
}
