using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Text;

/// <summary>What the subset asks of the entries of mappings and lists.</summary>
internal sealed class EntryRules(string text, Findings findings)
{
    private const int LongestKey = 200;

    /// <summary>Whether a key can be one.</summary>
    public bool IsSound(ScalarNode key)
    {
        var (code, sentence, remedy) = key switch
        {
            { Text: "<<", IsQuoted: false } => (TextCodes.MergeKey, "'<<' is a merge key.", "Write the entries out."),
            { Text: "" } => (TextCodes.BadKey, "A value stands here without a key.", "Write 'name: value'."),
            { Text.Length: > LongestKey } => (TextCodes.BadKey, $"The key {Findings.Quote(key.Text)} is too long.", $"Keys have at most {LongestKey} characters."),
            _ => ("", "", ""),
        };
        if (code.Length == 0)
        {
            return true;
        }

        findings.Add(code, key.Where, sentence, remedy);
        return false;
    }

    /// <summary>Whether a mapping has had the key before.</summary>
    /// <param name="key">The key.</param>
    /// <param name="lines">The line of each key so far; this one is added.</param>
    public bool IsRepeated(ScalarNode key, Dictionary<string, int> lines)
    {
        if (lines.TryAdd(key.Text, key.Where.Line))
        {
            return false;
        }

        findings.Add(
            TextCodes.DuplicateKey, key.Where, $"The key {Findings.Quote(key.Text)} stands here twice, first in line {lines[key.Text]}.", "Keep one of them.");
        return true;
    }

    /// <summary>The value of a key, which must not be missing.</summary>
    public TextNode RequireValue(TextNode value, ScalarNode key)
    {
        if (!IsMissing(value))
        {
            return value;
        }

        findings.Add(TextCodes.NoValue, key.Where, $"{Findings.Quote(key.Text)} has no value.", "Write one after the colon, or remove the key.");
        return new BrokenNode(value.Where);
    }

    /// <summary>An item, which must not be missing.</summary>
    public TextNode RequireValue(TextNode item)
    {
        if (!IsMissing(item))
        {
            return item;
        }

        findings.Add(TextCodes.NoValue, item.Where, "The list has an item without a value.", "Write one after the dash or comma, or remove the item.");
        return new BrokenNode(item.Where);
    }

    /// <summary>A comma must stand between two entries in brackets: YamlDotNet 18.1 lets "{ a: [1] b: 2 }" pass.</summary>
    public void RequireComma(int from, int to, SourceSpan where)
    {
        // Of "[a: 1]" 18.1 says that the mapping within begins at 0; its first key knows better.
        if (to < from)
        {
            return;
        }

        if (!HasComma(text.AsSpan(from, to - from)))
        {
            findings.Add(TextCodes.UnexpectedCharacter, where, "No comma stands before this entry.", "Put a comma between entries.");
        }
    }

    /// <summary>Whether a comma stands outside comments.</summary>
    private static bool HasComma(ReadOnlySpan<char> between)
    {
        while (between.IndexOfAny(',', '#') is var at and >= 0 && between[at] == '#')
        {
            var end = between[at..].IndexOf('\n');
            between = end < 0 ? [] : between[(at + end)..];
        }

        return between.Contains(',');
    }

    private static bool IsMissing(TextNode node) => node is ScalarNode { Text: "", IsQuoted: false };
}
