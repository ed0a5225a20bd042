namespace Marl.Actors.Pipelines.Binding;

/// <summary>
/// The sound edges in the order information flows from the clocks: so facts of the world are settled first, and a
/// contradiction is reported where it meets them.
/// </summary>
internal static class FlowOrder
{
    public static IReadOnlyList<EdgeDraft> Of(PipelineDraft draft)
    {
        var edges = draft.SoundEdges.ToLookup(e => e.From);
        var order = new List<EdgeDraft>();
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(draft.Stages.OrderByDescending(s => s.Component?.IsClock == true).Select(s => s.Id).Reverse());
        while (waiting.TryPop(out var id))
        {
            if (!reached.Add(id))
            {
                continue;
            }

            // Readers go before stages that the clock has not reached: what they learn here explains what they send.
            order.AddRange(edges[id]);
            foreach (var next in edges[id].Select(e => e.To).Where(t => !reached.Contains(t)).Distinct().Reverse())
            {
                waiting.Push(next);
            }
        }

        return order;
    }
}
