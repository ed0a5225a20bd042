namespace Marl.Actors.Pipelines.Binding;

/// <summary>
/// The sound edges in the order information flows from the clocks: so facts of the world are settled first, and a
/// contradiction is reported where it meets them.
/// </summary>
internal static class FlowOrder
{
    public static IReadOnlyList<EdgeDraft> Of(PipelineDraft draft)
    {
        var edges = draft.SoundEdges.ToList();
        var order = new List<EdgeDraft>();
        var reached = new HashSet<string>();
        var queue = new Queue<string>(draft.Stages.OrderByDescending(s => s.Component?.IsClock == true).Select(s => s.Id));
        while (queue.TryDequeue(out var id))
        {
            if (!reached.Add(id))
            {
                continue;
            }

            // Readers go before stages that the clock has not reached: what they learn here explains what they send.
            var outgoing = edges.Where(e => e.From == id).ToList();
            order.AddRange(outgoing);
            var next = outgoing.Select(e => e.To).Where(t => !reached.Contains(t)).Distinct().ToList();
            queue = new(next.Concat(queue));
        }

        return order;
    }
}
