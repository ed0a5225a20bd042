using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>Reads bars files: a list below <c>bars:</c>, as strict as pipeline files.</summary>
public static class BarsReader
{
    /// <summary>Reads a bars file; the pipelines it names must exist.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <returns>The bars in order, or all that is wrong with the file (codes MARL0xxx).</returns>
    public static Result<Values<Bar>> Read(string path) => Bars(TextSource.Read(path), mustExist: true);

    /// <summary>Reads the text of a bars file; whether the pipelines exist is not asked.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics; pipelines are relative to its folder.</param>
    /// <returns>The bars in order, or all that is wrong with the text (codes MARL0xxx).</returns>
    public static Result<Values<Bar>> Parse(string text, string fileName) => Bars(TextSource.Parse(text, fileName), mustExist: false);

    /// <summary>The bars of a text that is read already.</summary>
    internal static Result<Values<Bar>> Bars(TextSource source, bool mustExist)
    {
        var findings = source.Findings;
        var bars = new List<Bar>();
        var sections = new SectionReader(findings);
        if (source.Root is not null && sections.Expect<MappingNode>(source.Root, "A bars file", "'bars:' and a list below") is { } mapping)
        {
            var fields = sections.Fields(mapping, PipelineKeys.Bars, TextCodes.UnknownTopLevelKey, "A bars file");
            if (!fields.TryGetValue("bars", out var list))
            {
                findings.Add(TextCodes.MissingTopLevelKey, mapping.Where, "The file has no bars.", "Add 'bars:' and a list below.");
            }
            else if (sections.Expect<SequenceNode>(list, "'bars'", "a list, '- pipeline: file.yaml' first") is { } items)
            {
                var reader = new BarReader(sections, findings, mustExist);
                bars.AddRange(items.Items.Select(reader.Read).OfType<Bar>());
            }
        }

        return findings.Result<object>(bars).Map(_ => bars.ToValues());
    }
}
