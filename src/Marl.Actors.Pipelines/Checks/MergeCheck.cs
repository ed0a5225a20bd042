using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>Where several producing instances meet, the file says how; where there is one, it does not pretend.</summary>
internal sealed class MergeCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        foreach (var port in draft.Edges.GroupBy(e => (e.To, e.Input.Name)))
        {
            var edges = port.ToList();
            if (!edges.TrueForAll(e => e.IsSound && !draft.Spoiled.Contains(e) && draft[e.From].IsPlaced && draft[e.To].IsPlaced))
            {
                continue;
            }

            if (draft.Producers(port.Key.To, port.Key.Name) > 1)
            {
                CheckMeeting(edges, draft, findings);
            }
            else if (edges[0].Merge is { Merge: Merge.AsItComes } merge)
            {
                findings.Error(CheckCodes.MergeNeedless, merge.Where, $"Only one instance feeds '{edges[0].Target}': there is nothing to merge.", "Remove 'as-it-comes'.");
            }
        }
    }

    private static void CheckMeeting(List<EdgeDraft> edges, PipelineDraft draft, Findings findings)
    {
        foreach (var edge in edges.Where(e => e.Merge is null))
        {
            findings.Error(
                CheckCodes.MergeMissing,
                edge.Where,
                $"{Words.Count(draft.Producers(edge.To, edge.Input.Name), "instance")} meet at '{edge.Target}', and nothing says how.",
                "Write |> by-step (one token from each at each step) or |> as-it-comes.");
        }

        var first = edges.Find(e => e.Merge is not null);
        foreach (var edge in edges.Where(e => e.Merge is { } merge && merge.Merge != first!.Merge!.Merge))
        {
            findings.Error(
                CheckCodes.MergesDiffer, edge.Merge!.Where, $"The edges into '{edge.Target}' merge in different ways.", "Write the same word on all of them.");
        }
    }
}
