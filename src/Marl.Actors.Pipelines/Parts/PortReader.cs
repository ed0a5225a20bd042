using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Parts;

/// <summary>Reads the <c>in:</c> and <c>out:</c> of a part.</summary>
internal sealed class PortReader(SectionReader sections, EdgeReader edges, Findings findings)
{
    /// <summary>The inputs that can be read.</summary>
    public Values<PartInput> Inputs(MappingNode mapping) => [.. mapping.Entries.Select(Input).OfType<PartInput>()];

    /// <summary>The outputs that can be read.</summary>
    public Values<PartOutput> Outputs(MappingNode mapping)
    {
        if (!mapping.IsFlow || mapping.Entries.Count == 0)
        {
            return [.. mapping.Entries.Select(Output).OfType<PartOutput>()];
        }

        findings.Add(TextCodes.EdgesInFlow, mapping.Where, "Edges stand in braces here, where a comma would end them.", "Write each output on a line of its own.");
        return [];
    }

    private PartInput? Input(MappingEntry entry)
    {
        var (key, value) = entry;
        var isNamed = sections.IsName(key, "an input");
        if (sections.Expect<MappingNode>(value, $"Input {Findings.Quote(key.Text)}", "'{ kind: steps }', or '{}' for whatever the ports inside take") is not { } mapping)
        {
            return null;
        }

        var fields = sections.Fields(mapping, PartKeys.Input, PartCodes.UnknownKey, "An input");
        var kind = sections.Fixed(fields.GetValueOrDefault("kind"), "'kind'", "a kind of message: 'kind: steps'");
        var required = sections.YesOrNo(fields.GetValueOrDefault("required"), "required", "required: false");
        return isNamed ? new(new(key.Text, key.Where), kind, required?.Value ?? true) : null;
    }

    private PartOutput? Output(MappingEntry entry)
    {
        var (key, value) = entry;
        var isNamed = sections.IsName(key, "an output");
        var source = sections.Expect<ScalarNode>(value, $"Output {Findings.Quote(key.Text)}", "where it comes from: 'stage.port'") is { } edge ? edges.Read(edge) : null;
        return isNamed && source is not null ? new(new(key.Text, key.Where), source) : null;
    }
}
