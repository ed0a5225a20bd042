using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>The steps every section takes: a mapping with known keys, single values, names.</summary>
internal sealed class SectionReader(Findings findings)
{
    /// <summary>What <paramref name="node"/> should be; null when it is something else, which is reported (or was already).</summary>
    public TNode? Expect<TNode>(TextNode node, string owner, string example)
        where TNode : TextNode
    {
        if (node is not TNode expected)
        {
            if (node is not BrokenNode)
            {
                var wanted = typeof(TNode) == typeof(MappingNode) ? "a mapping" : typeof(TNode) == typeof(SequenceNode) ? "a list" : "a single value";
                findings.Add(TextCodes.WrongShape, node.Where, $"{owner} must be {wanted}, but this is {node.Noun}.", $"Write {example}.");
            }

            return null;
        }

        return expected;
    }

    /// <summary>The values by key; a key that is not known is reported.</summary>
    public Dictionary<string, TextNode> Fields(MappingNode mapping, Values<string> known, string code, string owner)
    {
        var fields = new Dictionary<string, TextNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Entries)
        {
            if (known.Contains(key.Text))
            {
                fields.Add(key.Text, value);
            }
            else
            {
                findings.Add(code, key.Where, $"{owner} has no key {Findings.Quote(key.Text)}.", Nearest.Remedy(key.Text, known, "keys"));
            }
        }

        return fields;
    }

    /// <summary>The mapping below a key; null when missing or something else.</summary>
    public MappingNode? Mapping(Dictionary<string, TextNode> fields, string key, string example) =>
        fields.TryGetValue(key, out var node) ? Expect<MappingNode>(node, $"'{key}'", example) : null;

    /// <summary>What a file calls the <paramref name="kind"/> of thing it holds, in the key of that word; null when missing or no name.</summary>
    public Located<string>? Title(Dictionary<string, TextNode> fields, string kind, string example) =>
        Fixed(fields.GetValueOrDefault(kind), $"'{kind}'", $"a name: '{kind}: {example}'") is { } written && IsName(written, $"a {kind}") ? written : null;

    /// <summary>The sentence that sums a file up; null when missing or wrong.</summary>
    public Located<string>? Summary(Dictionary<string, TextNode> fields) =>
        fields.TryGetValue("summary", out var text) && Expect<ScalarNode>(text, "'summary'", "one sentence") is { } sentence
            ? new(sentence.Text, sentence.Where)
            : null;

    /// <summary>A single value that is not a parameter; null when missing or wrong.</summary>
    public Located<string>? Fixed(TextNode? node, string owner, string example)
    {
        if (node is null || Expect<ScalarNode>(node, owner, example) is not { } scalar)
        {
            return null;
        }

        if (scalar.Text.StartsWith('$'))
        {
            findings.Add(TextCodes.ParameterNotAllowed, scalar.Where, $"{owner} cannot be a parameter.", $"Write {example}.");
            return null;
        }

        return new(scalar.Text, scalar.Where);
    }

    /// <summary><c>true</c> or <c>false</c>; null when missing or wrong.</summary>
    public Located<bool>? YesOrNo(TextNode? node, string key, string example)
    {
        var text = Fixed(node, $"'{key}'", $"'{example}'");
        if (text is { Value: not ("true" or "false") })
        {
            findings.Add(TextCodes.WrongShape, text.Where, $"'{key}' must be true or false, but this is {Findings.Quote(text.Value)}.", $"Write '{example}', or leave it out.");
            return null;
        }

        return text is null ? null : new(text.Value == "true", text.Where);
    }

    /// <summary>Whether a key is a name; reported if not.</summary>
    public bool IsName(ScalarNode key, string noun) => IsName(new Located<string>(key.Text, key.Where), noun);

    /// <summary>Whether a text is a name; reported if not.</summary>
    public bool IsName(Located<string> text, string noun)
    {
        if (Identifier.IsName(text.Value))
        {
            return true;
        }

        findings.Add(TextCodes.BadName, text.Where, $"{Findings.Quote(text.Value)} cannot be the name of {noun}.", Identifier.Rule);
        return false;
    }
}
