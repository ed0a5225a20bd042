namespace Marl.Actors.Pipelines.Binding;

/// <summary>Questions about who can reach whom.</summary>
internal static class StageGraph
{
    /// <summary>The stages on a loop through one, among those that are kept; at least that stage itself.</summary>
    public static IReadOnlySet<string> LoopThrough(string stage, PipelineDraft draft, Func<StageDraft, bool> isKept)
    {
        var edges = draft.Edges.Where(e => isKept(draft[e.From]) && isKept(draft[e.To])).ToList();
        var forwards = Reach(stage, id => edges.Where(e => e.From == id).Select(e => e.To));
        var backwards = Reach(stage, id => edges.Where(e => e.To == id).Select(e => e.From));
        forwards.IntersectWith(backwards);
        return forwards;
    }

    /// <summary>A shortest loop through the given edges: the edges in order, or nothing.</summary>
    public static IReadOnlyList<EdgeDraft> ShortestLoop(IReadOnlyCollection<EdgeDraft> edges) => edges
        .Select(first => Path(first, edges))
        .Where(path => path.Count > 0)
        .MinBy(path => path.Count) ?? [];

    private static HashSet<string> Reach(string start, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string> { start };
        var queue = new Queue<string>(reached);
        while (queue.TryDequeue(out var id))
        {
            foreach (var other in next(id).Where(reached.Add))
            {
                queue.Enqueue(other);
            }
        }

        return reached;
    }

    /// <summary>A shortest way from the end of an edge back to its beginning, with the edge in front.</summary>
    private static IReadOnlyList<EdgeDraft> Path(EdgeDraft first, IReadOnlyCollection<EdgeDraft> edges)
    {
        var cameBy = new Dictionary<string, EdgeDraft> { [first.To] = first };
        var queue = new Queue<string>([first.To]);
        while (queue.TryDequeue(out var id) && id != first.From)
        {
            foreach (var edge in edges.Where(e => e.From == id && cameBy.TryAdd(e.To, e)))
            {
                queue.Enqueue(edge.To);
            }
        }

        var path = new List<EdgeDraft>();
        for (var at = first.From; cameBy.TryGetValue(at, out var edge); at = edge.From)
        {
            path.Insert(0, edge);
            if (edge == first)
            {
                return path;
            }
        }

        return [];
    }
}
