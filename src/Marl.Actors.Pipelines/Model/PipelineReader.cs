using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>Second pass of the compiler: nodes → <see cref="PipelineFile"/>. Finds everything that is wrong, not only the first.</summary>
public static class PipelineReader
{
    /// <summary>Reads a pipeline file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <returns>The model, or all that is wrong with its text (codes MARL0xxx).</returns>
    public static Result<PipelineFile> Read(string path) => Model(TextSource.Read(path));

    /// <summary>Reads the bytes of a pipeline file.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <returns>The model, or all that is wrong with its text (codes MARL0xxx).</returns>
    public static Result<PipelineFile> Parse(ReadOnlySpan<byte> bytes, string fileName) => Model(TextSource.Parse(bytes, fileName));

    /// <summary>Reads the text of a pipeline file.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics.</param>
    /// <returns>The model, or all that is wrong with its text (codes MARL0xxx).</returns>
    public static Result<PipelineFile> Parse(string text, string fileName) => Model(TextSource.Parse(text, fileName));

    /// <summary>The model of a text that is read already.</summary>
    internal static Result<PipelineFile> Model(TextSource source) =>
        source.Findings.Result(source.Root is null ? null : Pipeline(source.Root, source.Findings));

    private static PipelineFile? Pipeline(TextNode root, Findings findings)
    {
        var sections = new SectionReader(findings);
        if (sections.Expect<MappingNode>(root, "A pipeline file", "'pipeline: name' first") is not { } mapping || FileKinds.IsOther(mapping, FileKind.Pipeline, findings))
        {
            return null;
        }

        var fields = sections.Fields(mapping, PipelineKeys.TopLevel, TextCodes.UnknownTopLevelKey, "A pipeline");
        RequireKeys(fields, mapping.Where, findings);

        var settings = new SettingReader(sections, findings);
        TextNode? Field(string key) => fields.GetValueOrDefault(key);
        MappingNode? Mapping(string key, string example) => sections.Mapping(fields, key, example);
        var name = sections.Title(fields, "pipeline", "mappo-spread");
        var summary = sections.Summary(fields);
        var determinate = sections.YesOrNo(Field("determinate"), "determinate", "determinate: true");
        var durable = sections.YesOrNo(Field("durable"), "durable", "durable: true");
        var parameters = Mapping("parameters", "a line for each: 'clip: { type: float, default: 0.2 }'") is { } declared
            ? new ParameterReader(sections, findings, needsDefault: true).Section(declared)
            : [];
        var stages = Mapping("stages", "the stages by name") is { } listed
            ? new StageReader(sections, settings, new(settings, findings), findings).Section(listed, "pipeline")
            : [];
        var stop = settings.Section(Field("stop"), "'stop'", "'stop: { steps: 1_000_000 }'");
        var evaluate = settings.Section(Field("evaluate"), "'evaluate'", "'evaluate: { every: 100_000, episodes: 32 }'");
        var checkpoint = settings.Section(Field("checkpoint"), "'checkpoint'", "'checkpoint: { every: 500_000 }'");
        var place = settings.Section(Field("place"), "'place'", "'place: { world: simulate, learner: learn }'");
        return name is null ? null : new(name, summary, parameters, stages, stop, evaluate, checkpoint, place, mapping.Where) { Determinate = determinate, Durable = durable };
    }

    private static void RequireKeys(Dictionary<string, TextNode> fields, SourceSpan where, Findings findings)
    {
        if (!fields.ContainsKey("pipeline"))
        {
            findings.Add(TextCodes.MissingTopLevelKey, where, "The pipeline has no name.", "Begin the file with 'pipeline: name'.");
        }

        if (!fields.ContainsKey("stages"))
        {
            findings.Add(TextCodes.MissingTopLevelKey, where, "The pipeline has no stages.", "Add 'stages:' with at least a world.");
        }
    }
}
