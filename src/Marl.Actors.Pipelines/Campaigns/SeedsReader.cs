using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Reads <c>seeds: 1..3</c>, <c>seeds: [1, 4, 9]</c> and <c>seeds: 7</c>.</summary>
/// <param name="sections">Reads values.</param>
/// <param name="findings">Where trouble goes.</param>
/// <param name="code">The code of a value that is none.</param>
internal sealed class SeedsReader(SectionReader sections, Findings findings, string code)
{
    private const int MostSeeds = 1000;

    /// <summary>The seeds, each once; null when there are none or they are wrong, which is reported.</summary>
    public Values<long>? Read(TextNode? node)
    {
        if (node is SequenceNode list)
        {
            var seeds = list.Items.Select(i => Seed(sections.Fixed(i, "A seed", "a whole number"))).ToArray();
            return seeds.Length == 0 ? Refuse(node, "an empty list")
                : seeds.All(s => s is not null) ? seeds.Select(s => s!.Value).Distinct().ToValues() : null;
        }

        if (sections.Fixed(node, "'seeds'", "'seeds: 1..3'") is not { } text)
        {
            return null;
        }

        var bounds = text.Value.Split("..");
        if (bounds.Length == 1)
        {
            return Seed(text) is { } single ? [single] : null;
        }

        var isRange = OptionText.TryInteger(bounds[0], out var first) & OptionText.TryInteger(bounds[1], out var last);
        return bounds.Length == 2 && isRange && first >= 0 && last >= first && last - first < MostSeeds
            ? [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + i)]
            : Refuse(node!, Findings.Quote(text.Value));
    }

    private long? Seed(Located<string>? text)
    {
        if (text is null)
        {
            return null;
        }

        if (OptionText.TryInteger(text.Value, out var seed) && seed >= 0)
        {
            return seed;
        }

        Bad(text.Where, Findings.Quote(text.Value), "whole numbers, 0 or above");
        return null;
    }

    private Values<long>? Refuse(TextNode node, string found)
    {
        Bad(node.Where, found, $"a range of at most {MostSeeds} whole numbers");
        return null;
    }

    private void Bad(SourceSpan where, string found, string expected) =>
        findings.Add(code, where, $"'seeds' must be {expected}, but is {found}.", "Write 'seeds: 1..3'.");
}
