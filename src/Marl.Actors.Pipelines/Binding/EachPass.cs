using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Multiplies stages by the domain their <c>each:</c> names.</summary>
internal sealed class EachPass(Findings findings)
{
    /// <summary>The stages with their instances. What they name has been looked up: <see cref="Parts.EachPath"/>.</summary>
    public IReadOnlyList<StageDraft> Run(IReadOnlyList<StageDraft> stages)
    {
        var byId = stages.ToDictionary(s => s.Id);
        return [.. stages.Select(s => Validated(s.Declaration.Each is null ? s with { IsPlaced = s.IsPlaced && !s.Declaration.IsUnplaced } : Multiply(s, byId)))];
    }

    /// <summary>The options may speak of the instances.</summary>
    private StageDraft Validated(StageDraft stage) => stage is not { IsSound: true, Component: { } component, Options: { } options }
        || StagePass.AreValid(component.ValidateInstances(options, stage.Members), stage.Declaration, findings)
            ? stage
            : stage with { IsPlaced = false };

    private StageDraft Multiply(StageDraft stage, Dictionary<string, StageDraft> byId)
    {
        var (text, where) = (stage.Declaration.Each!.Value, stage.Declaration.Each.Where);
        var unplaced = stage with { IsPlaced = false, Each = text };
        var (source, domain) = (text[..text.IndexOf('.')], text[(text.IndexOf('.') + 1)..]);
        var isByShard = domain == ShardNames.Domain && byId[source].Component is { AllowsCopies: true } && stage.Component is { AllowsCopies: false };
        if (stage.Component is { AllowsEach: false } && !isByShard)
        {
            findings.Error(
                BindingCodes.EachNotAllowed, where, $"'{stage.Id}' ({stage.Component.Id}) stands alone and cannot be multiplied.", "Remove 'each:'.");
            return unplaced;
        }

        if (byId[source] is not { Component: { } component, Options: { } options })
        {
            return unplaced; // its own errors have been reported
        }

        var (domains, shards) = (component.Domains(options), byId[source].Shards);
        if (isByShard)
        {
            return stage with { Each = text, Shards = shards };
        }

        if (!domains.TryGetValue(domain, out var members))
        {
            var known = component.AllowsCopies ? domains.Keys.Append(ShardNames.Domain) : domains.Keys;
            findings.Error(
                BindingCodes.EachUnknownDomain, where, $"'{source}' ({component.Id}) has no domain '{domain}'.", findings.Remedy(domain, known, "domains"));
            return unplaced;
        }

        return stage with { Each = text, Members = members, Shards = shards };
    }
}
