using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>Reads <c>name: value</c> where the value is a scalar, a list of scalars, or <c>$parameter</c>.</summary>
internal sealed class SettingReader(SectionReader sections, Findings findings)
{
    /// <summary>A section of settings; null when there is none or it is no mapping.</summary>
    public Values<Setting>? Section(TextNode? node, string owner, string example)
    {
        if (node is null || sections.Expect<MappingNode>(node, owner, example) is not { } mapping)
        {
            return null;
        }

        var settings = new List<Setting>();
        foreach (var (key, value) in mapping.Entries)
        {
            if (sections.IsName(key, "a setting") && Value(value, $"'{key.Text}'") is { } read)
            {
                settings.Add(new(new(key.Text, key.Where), read));
            }
        }

        return [.. settings];
    }

    /// <summary>A value; null when it is none, which is reported.</summary>
    public SettingValue? Value(TextNode node, string owner) => node switch
    {
        ScalarNode scalar => Scalar(scalar.Text, scalar.At),
        SequenceNode list => List(list, owner),
        _ => Reported(node, owner),
    };

    /// <summary>A single value or <c>$parameter</c>; null when a <c>$</c> stands inside it, which is reported.</summary>
    /// <param name="text">The value.</param>
    /// <param name="at">The place of each of its characters.</param>
    public SettingValue? Scalar(string text, Func<int, SourceSpan> at)
    {
        var dollar = text.IndexOf('$');
        if (dollar == 0 && Identifier.IsName(text.AsSpan(1)))
        {
            return new([], false, text[1..], at(0));
        }

        if (dollar >= 0)
        {
            findings.Add(
                TextCodes.DollarInText, at(dollar), $"A '$' stands inside the value {Findings.Quote(text)}.",
                "A parameter is always the whole value: $name. Other values have no '$'.");
            return null;
        }

        return new([new(text, at(0))], false, null, at(0));
    }

    private SettingValue? Reported(TextNode node, string owner)
    {
        sections.Expect<ScalarNode>(node, owner, "a value, or a list of values: [64, 64]");
        return null;
    }

    private SettingValue? List(SequenceNode list, string owner)
    {
        var items = new List<Located<string>>();
        foreach (var item in list.Items)
        {
            if (sections.Expect<ScalarNode>(item, $"Each item of {owner}", "a value") is not { } scalar)
            {
                continue;
            }

            if (scalar.Text.Contains('$'))
            {
                findings.Add(
                    TextCodes.ParameterNotAllowed, scalar.Where, $"{Findings.Quote(scalar.Text)} stands in a list, where parameters cannot.",
                    "Write the item out; a parameter is always the whole value.");
                continue;
            }

            items.Add(new(scalar.Text, scalar.Where));
        }

        return items.Count == list.Items.Count ? new([.. items], true, null, list.Where) : null;
    }
}
