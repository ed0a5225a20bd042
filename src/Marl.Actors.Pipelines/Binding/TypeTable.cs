using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>The resolved types and token counts of all ports.</summary>
internal sealed class TypeTable(PipelineDraft draft, SignatureTable signatures, Substitution substitution)
{
    /// <summary>Tokens the producer sends in one of its cycles; null when unknown.</summary>
    public long? Sent(EdgeDraft edge) => Tokens(signatures[edge.From, 0].Outputs[edge.Output.Name].Tokens);

    /// <summary>Tokens the consumer takes in one of its cycles; null when unknown.</summary>
    public long? Taken(EdgeDraft edge) => Tokens(signatures[edge.To, 0].Inputs[edge.Input.Name].Tokens);

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

        var outputs = signature.Outputs.ToDictionary(o => o.Key, o => o.Value.Types.Select(substitution.Resolve).ToValues());
        return new(inputs, outputs);
    }

    /// <summary>Bytes of one token of each producing instance, the largest over its readers.</summary>
    public Values<long> TokenBytes(EdgeDraft edge) => draft.Links(edge)
        .GroupBy(link => link.Producer)
        .OrderBy(group => group.Key)
        .Select(group => group.Max(link => edge.Output.Layout(substitution.Resolve(signatures.Output(edge, link.Producer, link.Consumer))).Bytes))
        .ToValues();

    private long? Tokens(Term term) => substitution.Resolve(term) is Constant { Value: var value } && value is int or long ? Convert.ToInt64(value) : null;
}
