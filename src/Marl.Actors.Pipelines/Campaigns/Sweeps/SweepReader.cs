using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>Reads sweep files, as strict as pipeline files. What the parameters may be is the binder's business.</summary>
public static class SweepReader
{
    /// <summary>Reads a sweep file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    public static Result<SweepFile> Read(string path) => Model(TextSource.Read(path));

    /// <summary>Reads the text of a sweep file.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics; the pipeline is relative to its folder.</param>
    public static Result<SweepFile> Parse(string text, string fileName) => Model(TextSource.Parse(text, fileName));

    /// <summary>The model of a text that is read already.</summary>
    internal static Result<SweepFile> Model(TextSource source) =>
        source.Findings.Result(source.Root is null ? null : Sweep(source.Root, source.Findings));

    private static SweepFile? Sweep(TextNode root, Findings findings)
    {
        var sections = new SectionReader(findings);
        if (sections.Expect<MappingNode>(root, "A sweep file", "'sweep: name' first") is not { } mapping || FileKinds.IsOther(mapping, FileKind.Sweep, findings))
        {
            return null;
        }

        var fields = sections.Fields(mapping, SweepKeys.TopLevel, SweepCodes.UnknownKey, "A sweep");
        RequireKeys(fields, mapping.Where, findings);
        var axes = new AxisReader(sections, findings);
        MappingNode? Mapping(string key, string example) => sections.Mapping(fields, key, example);
        var name = sections.Title(fields, "sweep", "learning-rates");
        var summary = sections.Summary(fields);
        var of = sections.Fixed(fields.GetValueOrDefault("of"), "'of'", "a pipeline file: 'of: ../mappo-spread.yaml'");
        var seeds = new SeedsReader(sections, findings, SweepCodes.BadValue).Read(fields.GetValueOrDefault("seeds"));
        var steps = Whole(sections.Fixed(fields.GetValueOrDefault("steps"), "'steps'", "'steps: 1_000_000'"), "steps", 1, long.MaxValue, "1_000_000", findings);
        var grid = Mapping("grid", "a list for each parameter: 'clip: [0.1, 0.2]'") is { } tried ? axes.Grid(tried) : [];
        var sample = Mapping("sample", "'trials: 20' and a distribution for each parameter: 'clip: { uniform: 0.1..0.3 }'") is { } drawn ? Sample(drawn, sections, axes, findings) : null;
        return name is null || of is null ? null : new(name, summary, of, PartPath.Of(of.Where.File, of.Value), seeds, steps, grid, sample, mapping.Where);
    }

    private static SampleSection? Sample(MappingNode mapping, SectionReader sections, AxisReader axes, Findings findings)
    {
        TextNode? Field(string key) => mapping.Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
        if (Field("trials") is null)
        {
            findings.Add(SweepCodes.MissingKey, mapping.Where, "'sample' does not say how many values are drawn.", "Add 'trials: 20'.");
        }

        var trials = Whole(sections.Fixed(Field("trials"), "'trials'", "'trials: 20'"), "trials", 1, SweepSettings.Most, "20", findings);
        var seed = Whole(sections.Fixed(Field("seed"), "'seed'", "'seed: 1'"), "seed", 0, long.MaxValue, "1", findings);
        var drawn = axes.Sample(mapping);
        if (drawn.Count == 0 && mapping.Entries.All(e => SweepKeys.Sample.Contains(e.Key.Text)))
        {
            findings.Add(SweepCodes.MissingKey, mapping.Where, "'sample' names no parameter.", "Add one: 'clip: { uniform: 0.1..0.3 }'.");
        }

        return trials is null ? null : new((int)trials.Value, seed?.Value ?? 1, drawn);
    }

    private static Located<long>? Whole(Located<string>? text, string key, long least, long most, string example, Findings findings)
    {
        if (text is null)
        {
            return null;
        }

        if (OptionText.TryInteger(text.Value, out var value) && value >= least && value <= most)
        {
            return new(value, text.Where);
        }

        var range = most == long.MaxValue ? $"of at least {least}" : $"in {least}..{most}";
        findings.Add(SweepCodes.BadValue, text.Where, $"'{key}' must be a whole number {range}, but is {Findings.Quote(text.Value)}.", $"Write '{key}: {example}'.");
        return null;
    }

    private static void RequireKeys(Dictionary<string, TextNode> fields, SourceSpan where, Findings findings)
    {
        if (!fields.ContainsKey("sweep"))
        {
            findings.Add(SweepCodes.MissingKey, where, "The sweep has no name.", "Begin the file with 'sweep: name'.");
        }

        if (!fields.ContainsKey("of"))
        {
            findings.Add(SweepCodes.MissingKey, where, "The sweep does not say of which pipeline.", "Add 'of: ../pipeline.yaml', relative to this file.");
        }

        if (!fields.ContainsKey("grid") && !fields.ContainsKey("sample"))
        {
            findings.Add(SweepCodes.MissingKey, where, "The sweep changes no parameter.", "Add 'grid:' with a list of values for a parameter, or 'sample:'.");
        }
    }
}
