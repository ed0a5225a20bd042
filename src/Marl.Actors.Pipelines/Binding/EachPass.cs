using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Multiplies stages by the domain their <c>each:</c> names.</summary>
internal sealed class EachPass(Findings findings)
{
    public IReadOnlyList<StageDraft> Run(IReadOnlyList<StageDraft> stages)
    {
        var byId = stages.ToDictionary(s => s.Id);
        return [.. stages.Select(s => s.Declaration.Each is null ? s : Multiply(s, byId))];
    }

    private StageDraft Multiply(StageDraft stage, Dictionary<string, StageDraft> byId)
    {
        var (text, where) = (stage.Declaration.Each!.Value, stage.Declaration.Each.Where);
        var unplaced = stage with { IsPlaced = false, Each = text };
        if (stage.Component is { AllowsEach: false })
        {
            findings.Error(
                BindingCodes.EachNotAllowed, where, $"'{stage.Id}' ({stage.Component.Id}) stands alone and cannot be multiplied.", "Remove 'each:'.");
            return unplaced;
        }

        if (text.Split('.') is not [{ Length: > 0 } source, { Length: > 0 } domain])
        {
            findings.Error(BindingCodes.EachForm, where, $"'{text}' does not name a domain.", "Write stage.domain, as in world.agents.");
            return unplaced;
        }

        if (!byId.TryGetValue(source, out var owner))
        {
            findings.Error(BindingCodes.EachUnknownStage, where, $"There is no stage '{source}'.", Nearest.Remedy(source, byId.Keys, "stages"));
            return unplaced;
        }

        if (owner is not { Component: { } component, Options: { } options })
        {
            return unplaced; // its own errors have been reported
        }

        var domains = component.Domains(options);
        if (!domains.TryGetValue(domain, out var members))
        {
            findings.Error(
                BindingCodes.EachUnknownDomain, where, $"'{source}' ({component.Id}) has no domain '{domain}'.", Nearest.Remedy(domain, domains.Keys, "domains"));
            return unplaced;
        }

        return stage with { Each = text, Instances = members };
    }
}
