using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Pipelines.Checks;

/// <summary>
/// In every loop somebody speaks first: a stage that sends before it receives, or an operator with initial tokens. Of each
/// knot of loops without, one shortest is shown.
/// </summary>
internal sealed class SilentLoopCheck : IDraftCheck
{
    public void Run(PipelineDraft draft, Findings findings)
    {
        var silent = draft.Edges
            .Where(e => e.IsSound && draft[e.From].Component is { SpeaksFirst: false } && draft[e.To].Component is { SpeaksFirst: false })
            .Where(e => !e.Operators.Any(o => o.SpeaksFirst))
            .ToList();
        while (StageGraph.ShortestLoop(silent, e => (e.From, e.To)) is { Count: > 0 } loop)
        {
            var stages = loop.Select(e => e.From).ToList();
            var start = stages.IndexOf(draft.Stages.First(s => stages.Contains(s.Id)).Id);
            var order = stages.Skip(start).Concat(stages.Take(start)).ToList();
            var entry = loop[(start + loop.Count - 1) % loop.Count];
            findings.Error(
                CheckCodes.SilentLoop,
                entry.Where,
                $"The loop {string.Join(" → ", order.Append(order[0]))} has no stage that speaks first: all of them would wait for ever.",
                "Put an operator with initial tokens on one of its edges, as in |> delay(steps=1).");
            silent.RemoveAll(e => stages.Contains(e.From) || stages.Contains(e.To));
        }
    }
}
