using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Parts;
using Marl.Actors.Pipelines.Rehearsing;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Third pass of the compiler: the file's model against the catalog, into a checked graph.</summary>
public static class PipelineBinder
{
    /// <summary>The graph, with warnings; or every error there is (types are judged once names are right, rates once types are, standstills once rates are).</summary>
    /// <param name="file">The model.</param>
    /// <param name="catalog">What it may name.</param>
    /// <param name="overrides">What the command line says in the file's place.</param>
    public static Result<Graph> Bind(PipelineFile file, ComponentCatalog catalog, BindingOverrides overrides) =>
        Bind(PartExpansion.Of(file), catalog, overrides);

    /// <summary>The same, of a file whose parts are put in already.</summary>
    internal static Result<Graph> Bind(ExpandedPipeline pipeline, ComponentCatalog catalog, BindingOverrides overrides)
    {
        if (pipeline.IsTooLarge)
        {
            return Result.Failure<Graph>(pipeline.Findings);
        }

        var findings = new Findings(pipeline.Findings);
        var names = NamePass.Run(pipeline, catalog, overrides, findings);
        var sections = new SectionPass(names.Settings, overrides, findings).Run(pipeline.File, names.Draft.Stages);
        names.Parameters.ReportUnused(findings);

        var (draft, parameters) = (names.Draft, names.Parameters);
        foreach (var check in DraftChecks.All)
        {
            check.Run(draft, findings);
        }

        var plan = Plan(draft, sections, overrides, findings);
        if (plan is null)
        {
            return Result.Failure<Graph>(findings.All);
        }

        var graph = Rehearsal.Of(GraphAssembly.Of(plan, sections, overrides.Seed ?? parameters.RootSeed), pipeline.File.Name.Where, out var found);
        findings.Add(found);
        return Result.Of(graph, findings.All);
    }

    /// <summary>Types, then rates, then both for evaluation's stages too; null when something was wrong.</summary>
    private static PipelinePlan? Plan(PipelineDraft draft, BoundSections sections, BindingOverrides overrides, Findings findings)
    {
        var training = Solve(draft, findings);
        if (training is null)
        {
            return null;
        }

        var iteration = training.Rates.Iteration;
        StopCheck.Run(draft.File, overrides, sections.StopSteps!.Value, (long)iteration * training.Clock.Copies * training.Clock.Shards, findings);
        return sections.Evaluation is { } rule
            ? Solve(EvaluationExpansion.Expand(training, rule, findings), findings, training)
            : findings.HasErrors ? null : training;
    }

    private static PipelinePlan? Solve(PipelineDraft draft, Findings findings, PipelinePlan? begun = null)
    {
        var types = TypePass.Run(draft, findings, settled: begun?.Types);
        return !findings.HasErrors && new RhythmPass(draft, types, findings, begun?.Rhythms).Run() is { } rhythms && new RatePass(draft, rhythms, findings).Run() is { } rates
            ? new(draft, types, rhythms, rates)
            : null;
    }
}

/// <summary>A draft without errors, and what was worked out about it.</summary>
internal sealed record PipelinePlan(PipelineDraft Draft, TypeTable Types, RhythmTable Rhythms, RateTable Rates)
{
    public StageDraft Clock => Draft.Stages.First(s => s.Component!.IsClock);
}
