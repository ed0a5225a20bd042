namespace Marl.Actors.Pipelines.Binding;

/// <summary>Questions about who can reach whom.</summary>
internal static class StageGraph
{
    /// <summary>The stages on a loop through one, among those that are kept; at least that stage itself.</summary>
    public static IReadOnlySet<string> LoopThrough(string stage, PipelineDraft draft, Func<StageDraft, bool> isKept)
    {
        var edges = draft.Edges.Where(e => isKept(draft[e.From]) && isKept(draft[e.To])).ToList();
        var (readers, producers) = (edges.ToLookup(e => e.From, e => e.To), edges.ToLookup(e => e.To, e => e.From));
        var forwards = Reach(stage, id => readers[id]);
        var backwards = Reach(stage, id => producers[id]);
        forwards.IntersectWith(backwards);
        return forwards;
    }

    /// <summary>A shortest loop through the given edges: the edges in order, or nothing.</summary>
    public static IReadOnlyList<TEdge> ShortestLoop<TEdge>(IReadOnlyCollection<TEdge> edges, Func<TEdge, (string From, string To)> ends)
        where TEdge : class
    {
        var bySource = edges.ToLookup(e => ends(e).From);
        return edges.Select(first => Path(first, bySource, ends)).Where(path => path.Count > 0).MinBy(path => path.Count) ?? [];
    }

    /// <summary>A shortest loop that begins with one edge, or nothing.</summary>
    public static IReadOnlyList<TEdge> ShortestLoop<TEdge>(TEdge first, IReadOnlyCollection<TEdge> edges, Func<TEdge, (string From, string To)> ends)
        where TEdge : class => Path(first, edges.ToLookup(e => ends(e).From), ends);

    /// <summary>The edges that some loop passes.</summary>
    public static IReadOnlySet<TEdge> OnLoops<TEdge>(IReadOnlyList<TEdge> edges, Func<TEdge, (string From, string To)> ends)
        where TEdge : class
    {
        var leaving = edges.ToLookup(e => ends(e).From, e => ends(e).To);
        return edges.Where(e => Reach(ends(e).To, id => leaving[id]).Contains(ends(e).From)).ToHashSet<TEdge>(ReferenceEqualityComparer.Instance);
    }

    /// <summary>The edges without those that no loop can pass, because nothing leads to them or on from them.</summary>
    public static IReadOnlyList<TEdge> WithoutDeadEnds<TEdge>(IReadOnlyList<TEdge> edges, Func<TEdge, (string From, string To)> ends)
        where TEdge : class
    {
        var onwards = Trimmed(edges, e => ends(e).From, e => ends(e).To);
        return Trimmed(onwards, e => ends(e).To, e => ends(e).From);
    }

    /// <summary>The edges on the far side of which it goes on, and on, …</summary>
    private static IReadOnlyList<TEdge> Trimmed<TEdge>(IReadOnlyList<TEdge> edges, Func<TEdge, string> near, Func<TEdge, string> far)
        where TEdge : class
    {
        var arriving = edges.ToLookup(far);
        var leaving = edges.GroupBy(near).ToDictionary(g => g.Key, g => g.Count());
        var gone = new HashSet<TEdge>(ReferenceEqualityComparer.Instance);
        var ends = new Queue<string>(edges.Select(far).Where(id => !leaving.ContainsKey(id)).Distinct());
        while (ends.TryDequeue(out var end))
        {
            foreach (var edge in arriving[end].Where(gone.Add))
            {
                if (--leaving[near(edge)] == 0)
                {
                    ends.Enqueue(near(edge));
                }
            }
        }

        return [.. edges.Where(e => !gone.Contains(e))];
    }

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
    private static IReadOnlyList<TEdge> Path<TEdge>(TEdge first, ILookup<string, TEdge> bySource, Func<TEdge, (string From, string To)> ends)
        where TEdge : class
    {
        var (beginning, end) = ends(first);
        var cameBy = new Dictionary<string, TEdge> { [end] = first };
        var queue = new Queue<string>([end]);
        while (queue.TryDequeue(out var id) && id != beginning)
        {
            foreach (var edge in bySource[id].Where(e => cameBy.TryAdd(ends(e).To, e)))
            {
                queue.Enqueue(ends(edge).To);
            }
        }

        var path = new List<TEdge>();
        for (var at = beginning; cameBy.TryGetValue(at, out var edge); at = ends(edge).From)
        {
            path.Insert(0, edge);
            if (ReferenceEquals(edge, first))
            {
                return path;
            }
        }

        return [];
    }
}
