using System.Text;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Tests;

/// <summary>What a pipeline file says, without places: two files that mean the same have the same text.</summary>
internal static class ModelText
{
    public static string Of(PipelineFile file)
    {
        var text = new StringBuilder();
        text.AppendLine($"{file.Name} «{file.Summary}» determinate {file.Determinate}");
        foreach (var p in file.Parameters)
        {
            text.AppendLine($"parameter {p.Name} {p.Type} {p.Default} {p.Range}");
        }

        foreach (var s in file.Stages)
        {
            text.AppendLine($"stage {s.Id} {s.Uses} each {s.Each} copies {(s.Copies is null ? "" : Of(s.Copies))} with {Of(s.With)}");
            foreach (var input in s.Inputs)
            {
                text.AppendLine($"  {input.Port} <- {string.Join(" + ", input.Sources.Select(Of))}");
            }
        }

        foreach (var section in new[] { file.Stop, file.Evaluate, file.Checkpoint, file.Place })
        {
            text.AppendLine(section is null ? "none" : Of(section.Value));
        }

        return text.ToString();
    }

    public static string Of(SourceDeclaration edge) =>
        $"{edge.Stage}/{edge.Port}{string.Concat(edge.Operators.Select(o => $" ▸ {o.Name} {Of(o.Arguments)}"))}";

    private static string Of(Values<Setting> settings) => string.Join("; ", settings.Select(s => $"{s.Name} = {Of(s.Value)}"));

    private static string Of(SettingValue value) =>
        value.Parameter is { } p ? $"parameter {p}" : value.IsList ? $"list «{string.Join("», «", value.Scalars)}»" : $"«{value.Scalars.Single()}»";
}
