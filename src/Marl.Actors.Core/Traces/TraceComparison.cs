using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Traces;

/// <summary>A place where two traces differ.</summary>
/// <param name="Where">The header, an edge with the link, or a policy.</param>
/// <param name="Left">What the first says there.</param>
/// <param name="Right">What the second says there.</param>
public sealed record TraceDifference(string Where, string Left, string Right)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}\n  - {Left}\n  + {Right}";
}

/// <summary>
/// Compares traces: structure and whole numbers exactly, other figures within a tolerance, digests only where both were
/// recorded under one numeric profile.
/// </summary>
public static class TraceComparison
{
    /// <summary>Part of a field's greatest magnitude by which figures may differ: four digits are held.</summary>
    public const double Tolerance = 1e-3;

    private const string Nothing = "nothing";

    /// <summary>The first difference of the header, of each edge and of each policy; empty when the traces agree.</summary>
    public static Values<TraceDifference> Differences(Trace left, Trace right, double tolerance = Tolerance)
    {
        var isExact = left.Profile == right.Profile;
        var (heads, others) = (Head(left), Head(right));
        var head = heads == others ? [] : new[] { new TraceDifference("header", heads, others) };
        var edges = Names(left.Edges.Select(e => e.Name), right.Edges.Select(e => e.Name))
            .Select(name => (name, left.Edges.FirstOrDefault(e => e.Name == name), right.Edges.FirstOrDefault(e => e.Name == name)))
            .Select(pair => pair is (_, { } a, { } b) ? Edge(a, b, left.IsFull == right.IsFull, isExact, tolerance) : Missing(pair.name, pair.Item2, pair.Item3));
        var policies = Names(left.Policies.Select(p => p.Group), right.Policies.Select(p => p.Group))
            .Select(group => Policy(group, left.Policies.FirstOrDefault(p => p.Group == group), right.Policies.FirstOrDefault(p => p.Group == group), isExact, tolerance));
        return head.Concat(edges.Concat(policies).OfType<TraceDifference>()).ToValues();
    }

    private static string Head(Trace trace) => FormattableString.Invariant($"{trace.Pipeline}, seed {trace.Seed}, {trace.Steps} steps");

    private static IEnumerable<string> Names(IEnumerable<string> left, IEnumerable<string> right) => left.Union(right, StringComparer.Ordinal);

    private static TraceDifference Missing(string name, TraceEdge? left, TraceEdge? right) => new(name, Count(left), Count(right));

    private static string Count(TraceEdge? edge) => edge is null ? "no such edge" : FormattableString.Invariant($"{edge.Count} messages");

    private static TraceDifference? Edge(TraceEdge left, TraceEdge right, bool areAlikeThin, bool isExact, double tolerance)
    {
        foreach (var name in Names(left.Links.Select(l => l.Name), right.Links.Select(l => l.Name)))
        {
            var (a, b) = (left.Links.FirstOrDefault(l => l.Name == name), right.Links.FirstOrDefault(l => l.Name == name));
            var difference = a is null || b is null
                ? new(name, a is null ? "no such link" : State(a), b is null ? "no such link" : State(b))
                : Link(a, b, areAlikeThin, tolerance);
            if (difference is not null)
            {
                return difference with { Where = $"{left.Name}: {difference.Where}" };
            }
        }

        return isExact && left.Digest != right.Digest ? new($"{left.Name}: exact digest", left.Digest, right.Digest) : null;
    }

    private static TraceDifference? Link(TraceLink left, TraceLink right, bool areAlikeThin, double tolerance)
    {
        var (theirs, ours) = (right.Messages.ToLookup(m => m.Number), left.Messages.ToLookup(m => m.Number));
        foreach (var number in ours.Select(m => m.Key).Union(theirs.Select(m => m.Key)).Order())
        {
            var (a, b) = (ours[number].FirstOrDefault(), theirs[number].FirstOrDefault());
            var isThinned = !areAlikeThin && number <= Math.Min(left.Count, right.Count);
            if (a is not null && b is not null ? !AreLike(a, b, tolerance) : !isThinned)
            {
                return new($"{left.Name} #{number}", a is null ? Nothing : TraceText.Write(a), b is null ? Nothing : TraceText.Write(b));
            }
        }

        return left.Count == right.Count && left.HasEnded == right.HasEnded ? null : new(left.Name, State(left), State(right));
    }

    private static string State(TraceLink link) => FormattableString.Invariant($"{link.Count} messages{(link.HasEnded ? ", ended" : "")}");

    private static bool AreLike(TraceMessage left, TraceMessage right, double tolerance) =>
        left.Stamp == right.Stamp && left.Kind == right.Kind && left.Fields.Count == right.Fields.Count
        && left.Fields.Zip(right.Fields).All(pair => pair.First.IsLike(pair.Second, tolerance));

    private static TraceDifference? Policy(string group, TracePolicy? left, TracePolicy? right, bool isExact, double tolerance)
    {
        var isSame = left is not null && right is not null && left.Version == right.Version
            && left.Weights.IsLike(right.Weights, tolerance) && (!isExact || left.Digest == right.Digest);
        return isSame ? null : new($"policy {group}", Text(left), Text(right));

        static string Text(TracePolicy? policy) =>
            policy is null ? "no such policy" : FormattableString.Invariant($"version {policy.Version}, {policy.Weights}, {policy.Digest}");
    }
}
