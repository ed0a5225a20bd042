using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Pipelines.Model;

/// <summary>Reads the entries of <c>stages:</c>.</summary>
internal sealed class StageReader(SectionReader sections, SettingReader settings, EdgeReader edges, Findings findings)
{
    private const string Example = "its keys on the lines below, 'uses:' first";

    /// <summary>The stages that can be read.</summary>
    /// <param name="mapping">The section.</param>
    /// <param name="owner">What it belongs to: a pipeline or a part.</param>
    public Values<StageDeclaration> Section(MappingNode mapping, string owner)
    {
        if (mapping.Entries.Count == 0)
        {
            findings.Add(TextCodes.EmptySection, mapping.Where, $"The {owner} has no stages.", owner == "part" ? "Add one, or remove 'stages:'." : "Add at least a world: 'world: { uses: environment/… }'.");
        }

        return [.. mapping.Entries.Select(Stage).OfType<StageDeclaration>()];
    }

    private StageDeclaration? Stage(MappingEntry entry)
    {
        var (key, value) = entry;
        var owner = $"Stage {Findings.Quote(key.Text)}";
        var isNamed = sections.IsName(key, "a stage");
        if (sections.Expect<MappingNode>(value, owner, Example) is not { } mapping)
        {
            return null;
        }

        var fields = sections.Fields(mapping, PipelineKeys.Stage, TextCodes.UnknownStageKey, "A stage");
        if (!fields.ContainsKey("uses"))
        {
            findings.Add(TextCodes.MissingStageKey, key.Where, $"{owner} does not say what it uses.", "Add 'uses: kind/name', as in 'uses: environment/simple-spread'.");
        }

        var uses = sections.Fixed(fields.GetValueOrDefault("uses"), "'uses'", "a component: 'uses: environment/simple-spread'");
        var each = sections.Fixed(fields.GetValueOrDefault("each"), "'each'", "the list of a stage: 'each: world.agents'");
        var copies = Number(fields, "copies", "128");
        var shards = Number(fields, "shards", "2");
        var with = settings.Section(fields.GetValueOrDefault("with"), "'with'", "options: 'with: { name: value }'") ?? [];
        var inputs = Inputs(fields.GetValueOrDefault("in"));
        return isNamed && uses is not null ? new(new(key.Text, key.Where), uses, each, copies, with, inputs) { Shards = shards } : null;
    }

    private SettingValue? Number(IReadOnlyDictionary<string, TextNode> fields, string name, string example) =>
        fields.TryGetValue(name, out var count) && sections.Expect<ScalarNode>(count, $"'{name}'", $"a number: '{name}: {example}'") is { } number
            ? settings.Scalar(number.Text, number.At)
            : null;

    private Values<InputDeclaration> Inputs(TextNode? node)
    {
        if (node is null || sections.Expect<MappingNode>(node, "'in'", "a line for each port: 'steps: world.steps'") is not { } mapping)
        {
            return [];
        }

        if (mapping.IsFlow && mapping.Entries.Count > 0)
        {
            ReportFlow(mapping.Where, "braces", "Write each port on a line of its own.");
            return [];
        }

        return [.. mapping.Entries.Select(Input).OfType<InputDeclaration>()];
    }

    private InputDeclaration? Input(MappingEntry entry)
    {
        var (port, value) = entry;
        var isNamed = sections.IsName(port, "a port");
        Values<SourceDeclaration> sources = value is SequenceNode list ? Sources(list, port) : Source(value, port) is { } one ? [one] : [];
        return isNamed ? new(new(port.Text, port.Where), sources) : null;
    }

    private Values<SourceDeclaration> Sources(SequenceNode list, ScalarNode port)
    {
        if (list.IsFlow)
        {
            ReportFlow(list.Where, "brackets", "Write each producer on a line of its own, '- ' first.");
            return [];
        }

        return [.. list.Items.Select(item => Source(item, port)).OfType<SourceDeclaration>()];
    }

    private SourceDeclaration? Source(TextNode node, ScalarNode port) =>
        sections.Expect<ScalarNode>(node, $"The producer of {Findings.Quote(port.Text)}", "an edge: 'stage.port |> operator(name=value)'") is { } edge
            ? edges.Read(edge)
            : null;

    private void ReportFlow(SourceSpan where, string what, string remedy) =>
        findings.Add(TextCodes.EdgesInFlow, where, $"Edges stand in {what} here, where a comma would end them.", remedy);
}
