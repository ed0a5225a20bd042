using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>Reads the entries of <c>parameters:</c>. What their values mean is the binder's business.</summary>
/// <param name="sections">Reads mappings.</param>
/// <param name="findings">Where trouble goes.</param>
/// <param name="needsDefault">A parameter of a pipeline has a default; one of a part may leave the value to whoever uses it.</param>
internal sealed class ParameterReader(SectionReader sections, Findings findings, bool needsDefault)
{
    private const string Example = "'{ type: int, default: 1 }'";

    /// <summary>The parameters that can be read.</summary>
    public Values<ParameterDeclaration> Section(MappingNode mapping) => [.. mapping.Entries.Select(Parameter).OfType<ParameterDeclaration>()];

    private ParameterDeclaration? Parameter(MappingEntry entry)
    {
        var (key, value) = entry;
        var owner = $"Parameter {Findings.Quote(key.Text)}";
        var isNamed = sections.IsName(key, "a parameter");
        if (sections.Expect<MappingNode>(value, owner, Example) is not { } mapping)
        {
            return null;
        }

        var fields = sections.Fields(mapping, PipelineKeys.Parameter, TextCodes.UnknownParameterKey, "A parameter");
        foreach (var name in (needsDefault ? (string[])["type", "default"] : ["type"]).Where(n => !fields.ContainsKey(n)))
        {
            findings.Add(TextCodes.MissingParameterKey, key.Where, $"{owner} has no {name}.", $"Write {Example}.");
        }

        var type = sections.Fixed(fields.GetValueOrDefault("type"), "'type'", "int, float, bool or text");
        var byDefault = sections.Fixed(fields.GetValueOrDefault("default"), "'default'", "a value");
        var range = sections.Fixed(fields.GetValueOrDefault("range"), "'range'", "two bounds: '0.0..1.0'");
        return isNamed && type is not null && (byDefault is not null || (!needsDefault && !fields.ContainsKey("default"))) ? new(new(key.Text, key.Where), type, byDefault, range) : null;
    }
}
