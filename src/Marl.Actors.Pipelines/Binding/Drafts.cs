using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>A stage whose names are being resolved. What could not be resolved is null, and has been reported.</summary>
internal sealed record StageDraft(string Id, StageDeclaration Declaration)
{
    /// <summary>The name in the file: for an evaluating twin, that of the stage it was made from.</summary>
    public string Origin => Declaration.Id.Value;

    public SourceSpan Where => Declaration.Id.Where;

    public Component? Component { get; init; }

    public object? Options { get; init; }

    /// <summary>Of one instance.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Shards of the world it stands in; 1 for a stage beside them.</summary>
    public int Shards { get; init; } = 1;

    public string? Each { get; init; }

    /// <summary>The instances of one shard.</summary>
    public Values<string> Members { get; init; } = [""];

    /// <summary>All instances, shard by shard.</summary>
    public Values<string> Instances => ShardNames.Of(Members, Shards);

    public Purpose Purpose { get; init; }

    public PlacedStage Placed => new(Each, Members, Shards, Purpose);

    /// <summary>Copies and each are understood too.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>Everything is resolved: the stage can state its signature.</summary>
    public bool IsSound => Component is not null && Options is not null && IsPlaced;
}

/// <summary>An operator whose arguments are resolved.</summary>
internal sealed record OperatorDraft(OperatorUse Use, SourceSpan Where)
{
    public OperatorComponent Component => Use.Component;

    public bool SpeaksFirst => Component.Passes(Use.Options).Start > 0;
}

/// <summary>A merge word and its place.</summary>
internal sealed record MergeDraft(Merge Merge, SourceSpan Where);

/// <summary>An edge whose ends are resolved.</summary>
internal sealed record EdgeDraft(string From, OutputPort Output, string To, InputPort Input, SourceSpan Where)
{
    public MergeDraft? Merge { get; init; }

    public Values<OperatorDraft> Operators { get; init; } = [];

    /// <summary>Merge words and operators are all understood.</summary>
    public bool IsSound { get; init; } = true;

    /// <summary>It brings training's tokens to evaluation, thinned out: its ends run at rates of their own.</summary>
    public bool IsFeed { get; init; }

    public string Name => $"{From}.{Output.Name} → {To}.{Input.Name}";

    public string Source => $"{From}.{Output.Name}";

    public string Target => $"{To}.{Input.Name}";
}

/// <summary>The whole pipeline with names resolved as far as they could be.</summary>
internal sealed class PipelineDraft(
    PipelineFile file, ComponentCatalog catalog, IReadOnlyList<StageDraft> stages, IReadOnlyList<EdgeDraft> edges, IReadOnlyList<SourceDeclaration> unresolved, PipelineDraft? begun = null)
{
    private readonly Dictionary<string, StageDraft> byId = stages.GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.First());
    private readonly ILookup<(string Stage, string Port), EdgeDraft> byTarget = edges.ToLookup(e => (e.To, e.Input.Name));
    private readonly ILookup<(string Stage, string Port), EdgeDraft> bySource = edges.ToLookup(e => (e.From, e.Output.Name));

    // Asked of every edge of a port, and there may be hundreds; a component may have to build its world to say its domains.
    private readonly Dictionary<(string Owner, string Domain, string Other), int?> firsts = [];
    private readonly Dictionary<(string Stage, string Port), int> producers = [];
    private readonly Dictionary<(string Stage, string Port), IReadOnlyList<(string? Each, int Count)>> families = [];
    private readonly Dictionary<EdgeDraft, int> peers = new(ReferenceEqualityComparer.Instance);

    private SignatureTable? signatures;

    public PipelineFile File => file;

    public ComponentCatalog Catalog => catalog;

    public IReadOnlyList<StageDraft> Stages => stages;

    public IReadOnlyList<EdgeDraft> Edges => edges;

    /// <summary>Sources whose stage or port is unknown: what they would have connected must not be blamed.</summary>
    public IReadOnlyList<SourceDeclaration> Unresolved => unresolved;

    /// <summary>Edges a check has found fault with; later passes leave them alone.</summary>
    public HashSet<EdgeDraft> Spoiled { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What every instance of every sound stage says about its ports.</summary>
    public SignatureTable Signatures => signatures ??= new(this, begun?.Signatures);

    public StageDraft this[string id] => byId[id];

    public bool Has(string id) => byId.ContainsKey(id);

    /// <summary>The same with more: nothing of it may change who hears, or is heard by, the stages that are there.</summary>
    public PipelineDraft With(IReadOnlyList<StageDraft> moreStages, IReadOnlyList<EdgeDraft> moreEdges) =>
        new(file, catalog, [.. stages, .. moreStages], [.. edges, .. moreEdges], unresolved, this);

    public IEnumerable<EdgeDraft> Into(string stage, string port) => byTarget[(stage, port)];

    public IEnumerable<EdgeDraft> OutOf(string stage, string port) => bySource[(stage, port)];

    /// <summary>The edges whose both ends, operators and merge are understood.</summary>
    public IEnumerable<EdgeDraft> SoundEdges =>
        edges.Where(e => e.IsSound && this[e.From].IsSound && this[e.To].IsSound && !Spoiled.Contains(e));

    public Pairing Pairing(EdgeDraft edge) => new(this[edge.From].Placed, this[edge.To].Placed, edge.Input.FromPeers);

    public IEnumerable<(int Producer, int Consumer)> Links(EdgeDraft edge) => Pairing(edge).Links();

    /// <summary>Producing instances that each consuming instance hears through the edge.</summary>
    public int Producers(EdgeDraft edge) => Pairing(edge).Producers;

    /// <summary>Where an instance of a training stage stands, by the number of its shard among those of the stage.</summary>
    public ShardPlace Place(StageDraft stage, int shard)
    {
        var count = stages.Where(s => s.Component is { IsClock: true }).Select(s => s.Shards).DefaultIfEmpty(1).Max();
        return new(count, stage.Shards == count ? shard : null);
    }

    /// <summary>Producing instances that each consuming instance hears on a port, over all edges.</summary>
    public int Producers(string stage, string port) =>
        producers.TryGetValue((stage, port), out var known) ? known : producers[(stage, port)] = Into(stage, port).Sum(Producers);

    /// <summary>Position of the edge's first producer among all of its port: that of its name, where the port has a domain, else of its place in the list.</summary>
    public int FirstPeer(EdgeDraft edge)
    {
        if (First(edge.To, edge.Input.Domain, edge.From) is { } named)
        {
            return named;
        }

        if (!peers.TryGetValue(edge, out var first))
        {
            var before = 0;
            foreach (var other in Into(edge.To, edge.Input.Name))
            {
                peers[other] = before;
                before += Producers(other);
            }

            first = peers[edge];
        }

        return first;
    }

    /// <summary>
    /// Position of the edge's first reader among those that its output speaks to apart: that of its name, where the output has
    /// a domain. Otherwise stages multiplied by one domain share their tokens, and those of different domains follow each other
    /// as in the file.
    /// </summary>
    public int FirstReader(EdgeDraft edge) => edge.Output.Distribution == Distribution.Broadcast ? 0
        : First(edge.From, edge.Output.Domain, edge.To)
            ?? Families(edge.From, edge.Output.Name).TakeWhile(f => f.Each != Family(this[edge.To])).Sum(f => f.Count);

    /// <summary>Readers that an output speaks to apart.</summary>
    public int Readers(string stage, string port) => Families(stage, port).Sum(f => f.Count);

    /// <summary>Whether a stage is multiplied by the domain of another, or a stretch of it.</summary>
    public bool IsWithin(StageDraft stage, string owner, string domain) => First(owner, domain, stage.Id) is not null;

    private static string? Family(StageDraft stage) =>
        stage.Purpose == Purpose.Evaluation ? EvaluationExpansion.Original(stage.Each) : stage.Each;

    private IReadOnlyList<(string? Each, int Count)> Families(string stage, string port) => families.TryGetValue((stage, port), out var known)
        ? known
        : families[(stage, port)] = [.. OutOf(stage, port).GroupBy(e => Family(this[e.To])).Select(f => (f.Key, Pairing(f.First()).Readers))];

    /// <summary>Where in a domain the instances of another stage begin; null when that stage is not multiplied by a stretch of it.</summary>
    private int? First(string owner, string? domain, string other)
    {
        if (domain is null || this[other].Each is not { } each || !each.StartsWith(owner + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var stretch = (owner, domain, other);
        return firsts.TryGetValue(stretch, out var known) ? known : firsts[stretch] = Begin(this[owner], domain, this[other].Members);
    }

    private static int? Begin(StageDraft owner, string domain, Values<string> part)
    {
        if (owner is not { Component: { } component, Options: { } options })
        {
            return null;
        }

        var members = component.Domains(options)[domain].ToList();
        var first = members.IndexOf(part[0]);
        return first >= 0 && members.Skip(first).Take(part.Count).SequenceEqual(part) ? first : null;
    }

    /// <summary>Tokens flow along the edge: its reader stands in the part of the experiment in which the port is heard.</summary>
    public bool IsHeard(EdgeDraft edge) => edge.Input.Only is not { } only || only == this[edge.To].Purpose;

    /// <summary>How the tokens of an edge meet those of the other producers.</summary>
    public Merge MergeOf(EdgeDraft edge) => edge.Merge?.Merge switch
    {
        Merge.ByStep when Producers(edge.To, edge.Input.Name) == 1 => Merge.Single,
        { } merge => merge,
        null => Merge.Single,
    };
}
