using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>
/// In every loop somebody speaks first: a stage whose Start sends, one that sends into the loop before it takes from it, or an
/// operator with initial tokens. Of each knot of loops without, one shortest is shown. (Whether those who speak first say
/// enough is seen in the rehearsal, which needs rates.)
/// </summary>
internal sealed class SilentLoopCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        var signatures = draft.Signatures;
        var patterns = draft.Stages.Where(s => s.IsSound).ToDictionary(s => s.Id, s => signatures[s.Id, 0].Pattern);
        var silent = draft.SoundEdges.Where(e => IsSilent(e, patterns[e.From], draft)).ToList();
        var waits = StageGraph.WithoutDeadEnds(Waits(silent, patterns), Ends);
        while (StageGraph.ShortestLoop(waits, Ends) is { Count: > 0 } loop)
        {
            var stages = loop.Select(w => w.Edge.From).ToList();
            Report([.. loop.Select(w => w.Edge)], stages, draft, findings);
            waits = StageGraph.WithoutDeadEnds(
                waits.Where(w => !stages.Contains(w.Edge.From) && !stages.Contains(w.Edge.To) && !stages.Contains(w.Next.To)).ToList(), Ends);
        }
    }

    private static (string From, string To) Ends(Wait wait) => (wait.Edge.Name, wait.Next.Name);

    /// <summary>Nothing lies on the edge before its producer has fired, and nobody else feeds its reader in its place.</summary>
    private static bool IsSilent(EdgeDraft edge, FiringPattern producer, PipelineDraft draft) =>
        !producer.Start.Any(t => t.Port == edge.Output.Name)
        && !edge.Operators.Any(o => o.SpeaksFirst)
        && (draft.MergeOf(edge) != Merge.AsItComes || draft.Into(edge.To, edge.Input.Name).Count() == 1);

    /// <summary>The next edge stays empty until a token has come along this one.</summary>
    private static List<Wait> Waits(List<EdgeDraft> silent, Dictionary<string, FiringPattern> patterns)
    {
        var leaving = silent.ToLookup(e => e.From);
        return [.. silent.SelectMany(edge => leaving[edge.To].Where(next => Waits(edge, next, patterns[edge.To])).Select(next => new Wait(edge, next)))];
    }

    private static bool Waits(EdgeDraft edge, EdgeDraft next, FiringPattern pattern)
    {
        Phase[] phases = [.. pattern.Opening, .. pattern.Cycle];
        var takes = Array.FindIndex(phases, p => p.Taken.Any(t => t.Port == edge.Input.Name && !IsZero(t.Tokens)) && !IsZero(p.Repeat));
        var sends = Array.FindIndex(phases, p => p.Sent.Any(t => t.Port == next.Output.Name && !IsZero(t.Tokens)) && !IsZero(p.Repeat));
        return takes >= 0 && (sends < 0 || takes <= sends);
    }

    private static bool IsZero(Amount amount) => amount is { Term: Constant { Value: int number } } && number + amount.Added <= 0;

    private static void Report(List<EdgeDraft> loop, List<string> stages, PipelineDraft draft, Findings findings)
    {
        var start = stages.IndexOf(draft.Stages.First(s => stages.Contains(s.Id)).Id);
        var order = loop.Skip(start).Concat(loop.Take(start)).ToList();
        findings.Error(
            CheckCodes.SilentLoop,
            order[^1].Where,
            $"The loop {string.Join(" → ", order.Select(e => e.From).Append(order[0].From))} has no stage that speaks first: "
                + string.Join(", ", order.Select(e => $"'{e.To}' waits for {e.Source}")) + ", for ever.",
            "Put an operator with initial tokens on one of its edges, as in |> delay(steps=1).");
    }

    /// <summary>An edge, and one that its reader sends nothing to before a token has come along the first.</summary>
    private sealed record Wait(EdgeDraft Edge, EdgeDraft Next);
}
