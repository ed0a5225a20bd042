using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Parts;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>
/// Checks a part by itself: everything that does not depend on who uses it. Parameters have their defaults; where a value or
/// a producer is known only at the use, nothing is judged.
/// </summary>
public static class PartBinder
{
    /// <summary>The names of the stages, those of parts within included; or every error there is.</summary>
    /// <param name="part">The model.</param>
    /// <param name="catalog">What it may name.</param>
    public static Result<Values<string>> Check(PartFile part, ComponentCatalog catalog)
    {
        var pipeline = PartExpansion.Of(part);
        if (pipeline.IsTooLarge)
        {
            return Result.Failure<Values<string>>(pipeline.Findings);
        }

        var findings = new Findings(pipeline.Findings);
        var (named, parameters, _) = NamePass.Run(pipeline, catalog, BindingOverrides.None, findings);
        parameters.ReportUnused(findings);

        var draft = new PipelineDraft(pipeline.File, catalog, named.Stages, named.Edges, [.. named.Unresolved, .. pipeline.Outputs]);
        foreach (var check in DraftChecks.All.Where(c => c is not ClockCheck))
        {
            check.Run(draft, findings);
        }

        TypePass.Run(draft, findings, isWhole: false);
        return Result.Of(draft.Stages.Select(s => s.Id).ToValues(), findings.All);
    }
}
