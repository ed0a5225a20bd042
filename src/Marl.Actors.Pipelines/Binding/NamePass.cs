using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>What the names of a file stand for, as far as they stand for something.</summary>
internal sealed record BoundNames(PipelineDraft Draft, ParameterTable Parameters, SettingsBinder Settings);

/// <summary>Resolves the names of a pipeline or a part against the catalog: parameters, components, options, domains, ports, operators.</summary>
internal static class NamePass
{
    public static BoundNames Run(ExpandedPipeline pipeline, ComponentCatalog catalog, BindingOverrides overrides, Findings findings)
    {
        var parameters = ParameterPass.Run(pipeline, overrides, findings);
        foreach (var name in pipeline.Mentioned)
        {
            parameters.Use(name);
        }

        var settings = new SettingsBinder(parameters, findings);
        var stages = new EachPass(findings).Run(new StagePass(catalog, settings, findings).Run(pipeline.File));
        CheckKinds(pipeline, stages, findings);
        SourceDeclaration[] loose = [.. pipeline.Outputs, .. pipeline.Fed, .. pipeline.Lost];
        var (edges, unresolved) = new EdgePass(catalog, settings, findings).Run(stages, loose);
        return new(new(pipeline.File, catalog, stages, edges, [.. unresolved, .. pipeline.Lost]), parameters, settings);
    }

    /// <summary>An input of a part is of the kind it declares.</summary>
    private static void CheckKinds(ExpandedPipeline pipeline, IReadOnlyList<StageDraft> stages, Findings findings)
    {
        foreach (var (input, stage, port) in pipeline.Readings)
        {
            var taken = stages.FirstOrDefault(s => s.Id == stage)?.Component?.Inputs.FirstOrDefault(p => p.Name == port)?.Kind;
            if (taken is not null && input.Kind is { } declared && declared.Value != taken)
            {
                findings.Error(
                    PartCodes.InputKind, declared.Where, $"Input '{input.Name}' is declared to take {declared}, but '{stage}.{port}', which reads it, takes {taken}.", $"Write kind: {taken}.");
            }
        }
    }
}
