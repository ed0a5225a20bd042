using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>Reads which values parameters take in a sweep.</summary>
internal sealed class AxisReader(SectionReader sections, Findings findings)
{
    private const string Example = "'{ uniform: 0.1..0.3 }'";

    private static readonly string[] Distributions = [.. Enum.GetNames<Distribution>().Select(OptionText.Kebab)];

    /// <summary>The parameters of <c>grid:</c> that can be read.</summary>
    public Values<GridAxis> Grid(MappingNode mapping)
    {
        if (mapping.Entries.Count == 0)
        {
            findings.Add(SweepCodes.MissingKey, mapping.Where, "'grid' names no parameter.", "Add one with its values: 'clip: [0.1, 0.2]'.");
        }

        return [.. mapping.Entries.Select(GridAxis).OfType<GridAxis>()];
    }

    /// <summary>The parameters of <c>sample:</c> that can be read.</summary>
    public Values<SampleAxis> Sample(MappingNode mapping) =>
        [.. mapping.Entries.Where(e => !SweepKeys.Sample.Contains(e.Key.Text)).Select(SampleAxis).OfType<SampleAxis>()];

    private GridAxis? GridAxis(MappingEntry entry)
    {
        var (key, value) = entry;
        var isNamed = sections.IsName(key, "a parameter");
        return Items(value, $"The values of {Findings.Quote(key.Text)}", "a list: '[0.1, 0.2]'") is { Count: > 0 } values && isNamed ? new(new(key.Text, key.Where), values) : null;
    }

    private SampleAxis? SampleAxis(MappingEntry entry)
    {
        var (key, value) = entry;
        var isNamed = sections.IsName(key, "a parameter");
        var owner = $"The distribution of {Findings.Quote(key.Text)}";
        if (sections.Expect<MappingNode>(value, owner, Example) is not { } mapping)
        {
            return null;
        }

        if (mapping.Entries is not [var (name, range)])
        {
            findings.Add(SweepCodes.BadValue, mapping.Where, $"{owner} must be one, but {mapping.Entries.Count} stand here.", $"Write {Example}.");
            return null;
        }

        if (Array.IndexOf(Distributions, name.Text) is var index && index < 0)
        {
            findings.Add(SweepCodes.BadValue, name.Where, $"There is no distribution {Findings.Quote(name.Text)}.", Nearest.Remedy(name.Text, Distributions, "distributions"));
            return null;
        }

        var (parameter, distribution) = (new Located<string>(key.Text, key.Where), (Distribution)index);
        if (distribution == Distribution.Choice)
        {
            return Items(range, "'choice'", "a list: '[1, 2, 5]'") is { Count: > 0 } choices && isNamed ? new(parameter, distribution, null, choices) : null;
        }

        return sections.Fixed(range, $"'{name.Text}'", "a range: '0.1..0.3'") is { } text && Bounds(text) is { } bounds && isNamed ? new(parameter, distribution, bounds, []) : null;
    }

    private Values<Located<string>>? Items(TextNode node, string owner, string example)
    {
        if (sections.Expect<SequenceNode>(node, owner, example) is not { } list)
        {
            return null;
        }

        if (list.Items.Count == 0)
        {
            findings.Add(SweepCodes.BadValue, list.Where, $"{owner} must be at least one, but the list is empty.", $"Write {example}.");
        }

        var items = list.Items.Select(i => sections.Fixed(i, "A value", "it out")).ToArray();
        return items.All(i => i is not null) ? [.. items!] : null;
    }

    private Located<(string Low, string High)>? Bounds(Located<string> text)
    {
        if (text.Value.Split("..") is [{ Length: > 0 } low, { Length: > 0 } high])
        {
            return new((low.Trim(), high.Trim()), text.Where);
        }

        findings.Add(SweepCodes.BadValue, text.Where, $"{Findings.Quote(text.Value)} is not a range.", "Write least..greatest, as in 0.1..0.3.");
        return null;
    }
}
