using Marl.Actors.Core.Options;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Compiled.CSharp;

/// <summary>The record of one pipeline: parameters as typed members, and the names of its stages, ports and edges.</summary>
internal static class HandleRecord
{
    private const string Base = "global::Marl.Actors.Pipelines.Compiled." + nameof(PipelineHandle);

    /// <summary>What the record has apart from parameters: inherited, made by the compiler, or written below.</summary>
    private static readonly string[] Members =
    [
        nameof(PipelineHandle.PipelineName), nameof(PipelineHandle.CompiledFile), nameof(PipelineHandle.FullPath), nameof(PipelineHandle.Overrides), nameof(PipelineHandle.Load),
        "Parameters", "Stages", "Edges", "EqualityContract", "PrintMembers", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize", "Deconstruct", "Clone",
    ];

    public static void Write(HandleSource source, ComponentCatalog catalog, CodeText code)
    {
        var file = source.File;
        var className = source.ClassName;
        var names = new MemberNames([className, .. Members]);
        var parameters = file.Parameters.DistinctBy(p => p.Name.Value).Select(p => HandleParameter.Of(p, names.Of(p.Name.Value, "Parameter"))).OfType<HandleParameter>().ToList();
        code.Doc("summary", file.Summary?.Value is { Length: > 0 } summary ? summary : $"The pipeline {file.Name.Value}.");
        code.Doc("remarks", $"Written from {source.SourceFile}.");
        foreach (var parameter in parameters)
        {
            code.Doc($"param name=\"{parameter.Member}\"", parameter.Help);
        }

        void Content()
        {
            code.Doc("summary", "The pipeline's name.");
            code.Line($"public override string {nameof(PipelineHandle.PipelineName)} => {CodeText.Literal(file.Name.Value)};");
            code.Line();
            code.Doc("summary", "The compiled pipeline, relative to the program.");
            code.Line($"public override string {nameof(PipelineHandle.CompiledFile)} => {CodeText.Literal(source.CompiledFile)};");
            code.Line();
            Values(parameters, code);
            code.Line();
            code.Doc("summary", "The stages, with their ports.");
            code.Block("public static class Stages", () => Stages(file, catalog, code));
            code.Line();
            code.Doc("summary", "The edges, by the names that graphs and traces use.");
            code.Block("public static class Edges", () => Edges(file, code));
        }

        var members = parameters.Select((p, i) => $"{p.Type} {p.Member} = {p.Default}{(i == parameters.Count - 1 ? $") : {Base}" : ",")}");
        code.Block($"public sealed record {className}{(parameters.Count == 0 ? $" : {Base}" : "(")}", Content, members);
    }

    private static void Values(List<HandleParameter> parameters, CodeText code)
    {
        const string Type = "global::System.Collections.Generic.IEnumerable<(string Name, object Value, object Default)>";
        code.Line("/// <inheritdoc/>");
        code.Line($"protected override {Type} Parameters =>");
        code.Line("[");
        foreach (var parameter in parameters)
        {
            code.Line($"    ({CodeText.Literal(parameter.Name)}, {parameter.Member}, {parameter.Default}),");
        }

        code.Line("];");
    }

    private static void Stages(PipelineFile file, ComponentCatalog catalog, CodeText code)
    {
        var names = new MemberNames("Stages");
        var read = file.Stages.SelectMany(s => s.Inputs).SelectMany(i => i.Sources).ToLookup(s => s.Stage.Value, s => s.Port.Value);
        code.Separated(file.Stages, stage =>
        {
            var className = names.Of(stage.Id.Value, "Stage");
            var component = catalog.Components.GetValueOrDefault(stage.Uses.Value);
            code.Doc("summary", component is null ? stage.Uses.Value : $"{stage.Uses.Value}: {component.Summary}");
            code.Block($"public static class {className}", () =>
            {
                var members = new MemberNames(className);
                code.Doc("summary", "The stage's name.");
                code.Line($"public const string {members.Of("id", "Name")} = {CodeText.Literal(stage.Id.Value)};");
                Ports("Inputs", members, [.. component?.Inputs.Select(p => (p.Name, p.Help)) ?? [], .. stage.Inputs.Select(i => (i.Port.Value, ""))], code);
                Ports("Outputs", members, [.. component?.Outputs.Select(p => (p.Name, p.Help)) ?? [], .. read[stage.Id.Value].Select(port => (port, ""))], code);
            });
        });
    }

    private static void Ports(string title, MemberNames members, IEnumerable<(string Name, string Help)> ports, CodeText code)
    {
        var className = members.Of(title, "Ports");
        var names = new MemberNames(className);
        code.Line();
        code.Doc("summary", $"{title} by name.");
        code.Block($"public static class {className}", () => code.Separated(ports.DistinctBy(p => p.Name), port =>
        {
            code.Doc("summary", port.Help.Length > 0 ? port.Help : $"The port {port.Name}.");
            code.Line($"public const string {names.Of(port.Name, "Port")} = {CodeText.Literal(port.Name)};");
        }));
    }

    private static void Edges(PipelineFile file, CodeText code)
    {
        var names = new MemberNames("Edges");
        var edges = from stage in file.Stages
                    from input in stage.Inputs
                    from source in input.Sources
                    select (From: $"{source.Stage}.{source.Port}", To: $"{stage.Id}.{input.Port}", source.Operators);
        code.Separated(edges.DistinctBy(e => (e.From, e.To)), edge =>
        {
            code.Doc("summary", string.Join(" |> ", edge.Operators.Select(o => o.Name.Value).Prepend(edge.From)));
            code.Line($"public const string {names.Of($"{edge.From}-to-{edge.To}", "Edge")} = {CodeText.Literal($"{edge.From} → {edge.To}")};");
        });
    }
}

/// <summary>A parameter as a member.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Member">The name in C#.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Default">The default, as a C# literal of that type.</param>
/// <param name="Help">A sentence.</param>
internal sealed record HandleParameter(string Name, string Member, string Type, string Default, string Help)
{
    /// <summary>The member of a declaration; null when the declaration is wrong, which the binder reports.</summary>
    public static HandleParameter? Of(ParameterDeclaration declaration, string member)
    {
        var text = declaration.Default?.Value ?? "";
        var (type, value) = declaration.Type.Value switch
        {
            "int" when OptionText.TryInteger(text, out var whole) => ("long", OptionText.Write(whole) + "L"),
            "float" when OptionText.TryNumber(text, out var number) => ("double", OptionText.Write(number) + "d"),
            "bool" when OptionText.TryBoolean(text, out _) => ("bool", text),
            "text" => ("string", CodeText.Literal(text)),
            _ => ("", ""),
        };
        var range = declaration.Range is { } bounds ? $" ({bounds})" : "";
        return type.Length == 0 ? null : new(declaration.Name.Value, member, type, value, $"Parameter {declaration.Name}{range}, {text} in the file.");
    }
}
