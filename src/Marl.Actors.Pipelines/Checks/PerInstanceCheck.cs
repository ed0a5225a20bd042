using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>
/// An output that speaks to each member of a domain apart is read by a stage multiplied by that domain; one without a named
/// domain, by stages with equally many instances.
/// </summary>
internal sealed class PerInstanceCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        var edges = draft.Edges.Where(e => e.Output.Distribution == Distribution.PerInstance && draft[e.To].IsPlaced && !draft.Spoiled.Contains(e)).ToList();
        foreach (var edge in edges.Where(e => e.Output.Domain is { } domain && !draft.IsWithin(draft[e.To], e.From, domain)))
        {
            draft.Spoiled.Add(edge);
            findings.Error(
                CheckCodes.PerInstance,
                edge.Where,
                $"'{edge.Source}' speaks to each of '{edge.From}.{edge.Output.Domain}' apart, but '{edge.To}' is not multiplied by them.",
                draft[edge.To].Component is { AllowsEach: true } ? $"Add each: {edge.From}.{edge.Output.Domain} to '{edge.To}'." : "Read it with a stage that can be.");
        }

        foreach (var readers in edges.Where(e => !draft.Spoiled.Contains(e)).GroupBy(e => e.Source))
        {
            var first = readers.First();
            var count = draft.Pairing(first).Readers;
            foreach (var edge in readers.Where(e => draft.Pairing(e).Readers != count && (draft[e.To].Each is null || draft[first.To].Each is null)))
            {
                draft.Spoiled.Add(edge);
                findings.Error(
                    CheckCodes.PerInstance,
                    edge.Where,
                    $"'{edge.Source}' speaks to each reading instance apart, but '{first.To}' has {Words.Count(count, "instance")} and '{edge.To}' has {draft.Pairing(edge).Readers}.",
                    "Multiply both by the same domain.");
            }
        }
    }
}
