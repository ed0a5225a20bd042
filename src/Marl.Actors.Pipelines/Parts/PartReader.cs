using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>Reads part files, as strict as pipeline files. What other parts they use is the expansion's business.</summary>
public static class PartReader
{
    /// <summary>Reads a part file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    public static Result<PartFile> Read(string path) => Model(TextSource.Read(path));

    /// <summary>Reads the text of a part file.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="fileName">The name for diagnostics; the parts it uses are relative to its folder.</param>
    public static Result<PartFile> Parse(string text, string fileName) => Model(TextSource.Parse(text, fileName));

    /// <summary>The model of a text that is read already.</summary>
    internal static Result<PartFile> Model(TextSource source) =>
        source.Findings.Result(source.Root is null ? null : Part(source.Root, source.Findings));

    private static PartFile? Part(TextNode root, Findings findings)
    {
        var sections = new SectionReader(findings);
        if (sections.Expect<MappingNode>(root, "A part file", "'part: name' first") is not { } mapping || FileKinds.IsOther(mapping, FileKind.Part, findings))
        {
            return null;
        }

        var fields = sections.Fields(mapping, PartKeys.TopLevel, PartCodes.UnknownKey, "A part");
        RequireKeys(fields, mapping.Where, findings);
        var settings = new SettingReader(sections, findings);
        var edges = new EdgeReader(settings, findings);
        var ports = new PortReader(sections, edges, findings);
        MappingNode? Mapping(string key, string example) => sections.Mapping(fields, key, example);
        var name = sections.Title(fields, "part", "ppo-team");
        var summary = sections.Summary(fields);
        var parameters = Mapping("parameters", "a line for each: 'rollout: { type: int, default: 25 }'") is { } declared
            ? new ParameterReader(sections, findings, needsDefault: false).Section(declared)
            : [];
        var inputs = Mapping("in", "a line for each: 'steps: { kind: steps }'") is { } coming ? ports.Inputs(coming) : [];
        var outputs = Mapping("out", "a line for each: 'actions: team.actions'") is { } going ? ports.Outputs(going) : [];
        var stages = Mapping("stages", "the stages by name") is { } listed ? new StageReader(sections, settings, edges, findings).Section(listed, "part") : [];
        if (name is null)
        {
            return null;
        }

        var part = new PartFile(name, summary, parameters, inputs, outputs, stages, mapping.Where);
        CheckNames(part, findings);
        return part;
    }

    private static void RequireKeys(Dictionary<string, TextNode> fields, SourceSpan where, Findings findings)
    {
        if (!fields.ContainsKey("part"))
        {
            findings.Add(PartCodes.MissingKey, where, "The part has no name.", "Begin the file with 'part: name'.");
        }

        if (!fields.ContainsKey("stages") && !fields.ContainsKey("out"))
        {
            findings.Add(PartCodes.MissingKey, where, "The part has neither stages nor outputs.", "Add 'stages:', or 'out:' with what shall become of an input.");
        }
    }

    /// <summary>What stages and outputs read from outside is declared, and what is declared is read.</summary>
    private static void CheckNames(PartFile part, Findings findings)
    {
        foreach (var stage in part.Stages.Where(s => s.Id.Value == PartFile.Outside))
        {
            findings.Add(PartCodes.ReservedName, stage.Id.Where, "No stage of a part can be named 'in', since 'in.port' is what comes from outside.", "Rename it.");
        }

        var declared = part.Inputs.Select(i => i.Name.Value).ToList();
        var read = part.Stages.SelectMany(s => s.Inputs).SelectMany(i => i.Sources).Concat(part.Outputs.Select(o => o.Source))
            .Where(s => s.Stage.Value == PartFile.Outside).Select(s => s.Port)
            .Concat(part.Stages.Select(s => EachPath.InputOf(s.Each)).OfType<Located<string>>())
            .ToList();
        foreach (var port in read.Where(p => !declared.Contains(p.Value)))
        {
            findings.Add(
                PartCodes.UndeclaredInput, port.Where, $"The part has no input '{port}'.",
                declared.Count == 0 ? $"Declare it: 'in: {{ {port}: {{}} }}'." : Nearest.Remedy(port.Value, declared, "inputs"));
        }

        foreach (var input in part.Inputs.Where(i => read.TrueForAll(p => p.Value != i.Name.Value)))
        {
            var isMisspelt = read.Exists(p => !declared.Contains(p.Value));
            if (!isMisspelt)
            {
                findings.Add(PartCodes.UnreadInput, input.Name.Where, $"Nothing in the part reads its input '{input.Name}'.", $"Write in.{input.Name} where it belongs, or remove it.");
            }
        }
    }
}
