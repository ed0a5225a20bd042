using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Both ends of an edge name the same kind of message. (An edge with operators is judged by what they pass on.)</summary>
internal sealed class KindCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        var senders = draft.Stages
            .SelectMany(s => (s.Component?.Outputs ?? []).Select(o => (o.Kind, Port: $"'{s.Id}.{o.Name}'")))
            .ToLookup(o => o.Kind, o => o.Port);
        foreach (var edge in draft.Edges.Where(e => e.Output.Kind != e.Input.Kind && e.IsSound && e.Operators.Count == 0))
        {
            var fitting = senders[edge.Input.Kind].Take(3).ToList();
            draft.Spoiled.Add(edge);
            findings.Error(
                CheckCodes.Kind,
                edge.Where,
                $"'{edge.Source}' brings {edge.Output.Kind}, but '{edge.Target}' takes {edge.Input.Kind}.",
                fitting.Count == 0 ? $"No stage here sends {edge.Input.Kind}." : $"Of that kind: {string.Join(", ", fitting)}.");
        }
    }
}
