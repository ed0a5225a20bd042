using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>The resolved types of all ports.</summary>
internal sealed class TypeTable(PipelineDraft draft, SignatureTable signatures, Substitution substitution)
{
    /// <summary>What is known of all variables.</summary>
    public Substitution Substitution => substitution;

    /// <summary>Whether the types of an edge are among them.</summary>
    public bool Settles(EdgeDraft edge) => draft.Has(edge.To);

    /// <summary>The firing pattern of one instance, its variables resolved as far as they are known.</summary>
    public FiringPattern Pattern(StageDraft stage, int instance) => signatures[stage.Id, instance].Pattern.With(substitution.Resolve);

    /// <summary>The types of all ports of one instance; open inputs are left out.</summary>
    public BoundTypes Of(StageDraft stage, int instance)
    {
        var signature = signatures[stage.Id, instance];
        var inputs = new Dictionary<string, Values<PortType>>();
        foreach (var port in stage.Component!.Inputs)
        {
            var edges = draft.Into(stage.Id, port.Name).ToList();
            if (edges.Count > 0)
            {
                var all = edges.SelectMany(edge => draft.Links(edge)
                    .Where(link => link.Consumer == instance)
                    .Select(link => substitution.Resolve(signatures.Input(edge, link.Producer, instance))));
                inputs[port.Name] = all.Take(draft.MergeOf(edges[0]) == Merge.AsItComes ? 1 : int.MaxValue).ToValues();
            }
        }

        var outputs = signature.Outputs.ToDictionary(o => o.Key, o => o.Value.Select(substitution.Resolve).ToValues());
        return new(inputs, outputs);
    }

    /// <summary>Bytes of one token of each producing instance, the largest over its readers.</summary>
    public Values<long> TokenBytes(EdgeDraft edge) => draft.Links(edge)
        .GroupBy(link => link.Producer)
        .OrderBy(group => group.Key)
        .Select(group => group.Max(link => edge.Output.Layout(substitution.Resolve(signatures.Output(edge, link.Producer, link.Consumer))).Bytes))
        .ToValues();
}
