using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Resolves both ends and the operators of every edge.</summary>
internal sealed class EdgePass(ComponentCatalog catalog, SettingsBinder settings, Findings findings)
{
    private readonly List<EdgeDraft> edges = [];
    private readonly List<SourceDeclaration> unresolved = [];

    /// <summary>The edges, and the sources that lead nowhere.</summary>
    /// <param name="stages">All stages.</param>
    /// <param name="loose">Sources to look at that no stage takes.</param>
    public (IReadOnlyList<EdgeDraft> Edges, IReadOnlyList<SourceDeclaration> Unresolved) Run(IReadOnlyList<StageDraft> stages, IEnumerable<SourceDeclaration> loose)
    {
        var byId = stages.ToDictionary(s => s.Id);
        foreach (var stage in stages)
        {
            foreach (var input in Ordered(stage))
            {
                Resolve(stage, input, byId);
            }

            ReportOpen(stage);
        }

        foreach (var source in loose)
        {
            Output(source, byId);
            Operators(source);
        }

        return (edges, unresolved);
    }

    /// <summary>In the component's order of ports, so that the order in the file makes no difference.</summary>
    private static IEnumerable<InputDeclaration> Ordered(StageDraft stage) =>
        stage.Declaration.Inputs.OrderBy(i => stage.Component?.InputIndex(i.Port.Value) ?? 0);

    private void Resolve(StageDraft stage, InputDeclaration input, Dictionary<string, StageDraft> byId)
    {
        var port = stage.Component?.Inputs.FirstOrDefault(p => p.Name == input.Port.Value);
        if (stage.Component is { } component && port is null)
        {
            findings.Error(
                BindingCodes.UnknownInput,
                input.Port.Where,
                $"'{stage.Id}' has no input '{input.Port}'.",
                findings.Remedy(input.Port.Value, component.Inputs.Select(p => p.Name), "inputs"));
        }

        foreach (var source in input.Sources)
        {
            var output = Output(source, byId);
            var (merge, operators, isSound) = Operators(source);
            if (port is not null && output is not null && (port.Many || source == input.Sources[0]))
            {
                edges.Add(new(source.Stage.Value, output, stage.Id, port, source.Stage.Where) { Merge = merge, Operators = operators, IsSound = isSound });
            }
            else
            {
                unresolved.Add(source);
            }
        }

        if (port is { Many: false } && input.Sources.Count > 1)
        {
            findings.Error(
                BindingCodes.SeveralProducers,
                input.Sources[1].Stage.Where,
                $"Input '{port.Name}' of '{stage.Id}' takes one stage, but is fed by {string.Join(" and ", input.Sources.Select(s => $"'{s.Stage}.{s.Port}'"))}.",
                "Keep one of them.");
        }
    }

    private OutputPort? Output(SourceDeclaration source, Dictionary<string, StageDraft> byId)
    {
        if (source.IsReported)
        {
            return null;
        }

        var producer = byId[source.Stage.Value];
        var output = producer.Component?.Outputs.FirstOrDefault(p => p.Name == source.Port.Value);
        if (producer.Component is { } component && output is null)
        {
            findings.Error(
                BindingCodes.UnknownOutput,
                source.Port.Where,
                $"'{source.Stage}' has no output '{source.Port}'.",
                findings.Remedy(source.Port.Value, component.Outputs.Select(p => p.Name), "outputs"));
        }

        return output;
    }

    private (MergeDraft? Merge, Values<OperatorDraft> Operators, bool IsSound) Operators(SourceDeclaration source)
    {
        MergeDraft? merge = null;
        var operators = new List<OperatorDraft>();
        var isSound = true;
        foreach (var call in source.Operators)
        {
            if (MergeWords.Find(call.Name.Value) is { } word)
            {
                isSound &= IsPlainMerge(call, merge);
                merge = new(word.Merge, call.Name.Where);
            }
            else if (Operator(call) is { } bound)
            {
                operators.Add(bound);
            }
            else
            {
                isSound = false;
            }
        }

        return (merge, operators.ToValues(), isSound);
    }

    private bool IsPlainMerge(OperatorCall call, MergeDraft? earlier)
    {
        if (earlier is not null)
        {
            findings.Error(BindingCodes.RepeatedMerge, call.Name.Where, $"'{call.Name}' is the second word on how to merge this edge.", "Keep one of them.");
        }

        if (call.Arguments.Count > 0)
        {
            findings.Error(BindingCodes.MergeArguments, call.Arguments[0].Name.Where, $"'{call.Name}' takes no arguments.", "Remove the brackets.");
        }

        return earlier is null && call.Arguments.Count == 0;
    }

    private OperatorDraft? Operator(OperatorCall call)
    {
        if (!catalog.Operators.TryGetValue(call.Name.Value, out var component))
        {
            findings.Error(
                BindingCodes.UnknownOperator,
                call.Name.Where,
                $"There is no operator '{call.Name}'.",
                findings.Remedy(call.Name.Value, [.. catalog.Operators.Keys, .. MergeWords.All.Select(w => w.Id)], "operators"));
            return null;
        }

        return settings.Bind(component.Options, call.Arguments, component.Id, call.Name.Where) is { } options
            ? new(new(component, options), call.Name.Where)
            : null;
    }

    private void ReportOpen(StageDraft stage)
    {
        var given = stage.Declaration.Inputs.Where(i => i.Sources.Count > 0).Select(i => i.Port.Value).ToHashSet();
        foreach (var port in stage.Component?.Inputs.Where(p => p.Required && !given.Contains(p.Name)) ?? [])
        {
            findings.Error(
                BindingCodes.OpenInput, stage.Where, $"Nothing feeds input '{port.Name}' of '{stage.Id}'.", $"Name its producer under 'in:'. {port.Help}");
        }
    }
}
