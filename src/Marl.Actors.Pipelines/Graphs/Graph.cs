using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Pipelines.Graphs;

/// <summary>
/// A checked experiment: every name resolved, every option a value, every port type known, evaluation expanded into stages.
/// It is what interpreters run, and it is equal to another when it would run the same.
/// </summary>
public sealed record Graph
{
    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Root of all random keys.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The stages, in the file's order, evaluation's twins last.</summary>
    public required Values<Node> Nodes { get; init; }

    /// <summary>The edges, ordered by consumer and port.</summary>
    public required Values<Edge> Edges { get; init; }

    /// <summary>Vector steps in one iteration: after these every training stage has done a whole number of cycles.</summary>
    public required int Iteration { get; init; }

    /// <summary>Environment steps, over all copies, that the experiment may take, as the file says.</summary>
    public required long StopSteps { get; init; }

    /// <summary>
    /// Vector steps the experiment does: as many whole iterations as fit into <see cref="StopSteps"/>, and at least one. So no
    /// rollout is cut short and nothing learned from lies beyond the stop.
    /// </summary>
    public long VectorSteps => Math.Max(1, StopSteps / Copies / Iteration) * Iteration;

    /// <summary>Environment steps between checkpoints.</summary>
    public required long CheckpointSteps { get; init; }

    /// <summary>No version of a policy is acted with or reported before it is saved: every iteration is.</summary>
    public bool IsDurable { get; init; }

    /// <summary>How policies are measured; null when the file does not say.</summary>
    public EvaluationRule? Evaluation { get; init; }

    /// <summary>The merges that make the result depend on timing; empty for a determinate pipeline.</summary>
    public Values<string> IndeterminateMerges { get; init; } = [];

    /// <summary>Same edge digests and weights under every interpreter.</summary>
    public bool IsDeterminate => IndeterminateMerges.Count == 0;

    /// <summary>Cluster role of each stage, by id; ignored locally.</summary>
    public Values<(string Stage, string Role)> Placement { get; init; } = [];

    /// <summary>
    /// Passes of the evaluating world. Where policies are learned, passes come with them, as many as there are weights; where nothing
    /// is learned nobody sets their pace, and they are counted: one at the beginning and one for each time that one is due.
    /// </summary>
    public long Passes => Evaluation is null || Edges.Any(IsFeed) ? long.MaxValue
        : World is null ? 1
        : 1 + (VectorSteps / Iteration / Evaluation.Updates((long)Iteration * Copies));

    /// <summary>
    /// Versions of the policies that an iteration makes, of the learner that makes the most: one, unless a stage that counts in
    /// several updates (a population, a manager) makes the iteration longer.
    /// </summary>
    public int Versions => Edges.Where(IsFeed).Select(e => e.Rate is { } rate ? (int)Math.Round(rate.ToDouble() * Iteration) : 1).Append(1).Max();

    /// <summary>The stage of that id.</summary>
    public Node this[string id] => Nodes.First(n => n.Id == id);

    /// <summary>Copies of the training world, in all shards: environment steps per vector step. 1 where nothing is trained.</summary>
    public int Copies => World is { } world ? world.Copies * world.Shards : 1;

    /// <summary>Shards of the training world. 1 where nothing is trained.</summary>
    public int Shards => World?.Shards ?? 1;

    // From outside of what is evaluated: a stage that trains, or one that only gives (saved weights).
    private bool IsFeed(Edge edge) => this[edge.To].Purpose == Purpose.Evaluation
        && this[edge.From] is var from && (from.Purpose == Purpose.Training || from.Component.Inputs.Count == 0);

    private Node? World => Nodes.FirstOrDefault(n => n is { Purpose: Purpose.Training, Component.IsClock: true });
}

/// <summary><c>evaluate:</c> — what is measured, how often, and how the figure is to be read.</summary>
/// <param name="EverySteps">Training environment steps between evaluations.</param>
/// <param name="Episodes">Episodes in each, one a copy of the evaluating world.</param>
/// <param name="Greedy">Likeliest actions instead of sampled ones.</param>
/// <param name="Convention">How agents' returns become one figure.</param>
/// <param name="Of">Whose returns; null for those of all agents.</param>
public sealed record EvaluationRule(long EverySteps, int Episodes, bool Greedy, ReturnConvention Convention, EvaluatedTeam? Of = null)
{
    /// <summary>Updates between two evaluations, at least one: as near to <see cref="EverySteps"/> as whole iterations come.</summary>
    /// <param name="iterationSteps">Environment steps of an iteration.</param>
    public int Updates(long iterationSteps) => Math.Max(1, (int)Math.Min(int.MaxValue, Math.Round((double)EverySteps / iterationSteps)));
}

/// <summary>Agents that are measured apart from the others.</summary>
/// <param name="Name">The world's domain.</param>
/// <param name="First">Index of the first of them among all agents.</param>
/// <param name="Count">How many they are.</param>
public sealed record EvaluatedTeam(string Name, int First, int Count)
{
    /// <summary>Their indexes.</summary>
    public Range Agents => First..(First + Count);
}

/// <summary>A stage of the graph: one actor for each instance.</summary>
public sealed record Node
{
    /// <summary>The stage's name; <c>evaluation/team</c> for a twin.</summary>
    public required string Id { get; init; }

    /// <summary>The catalog entry.</summary>
    public required Component Component { get; init; }

    /// <summary>The options record.</summary>
    public required object Options { get; init; }

    /// <summary>Worlds stepped together by one instance; 1 for other stages.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Shards of the world the stage stands in, each with equally many instances; 1 for a stage beside them.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The domain the stage is multiplied by, as in <c>world.agents</c> or <c>world.shards</c>; null without.</summary>
    public string? Each { get; init; }

    /// <summary>The instances' names, shard by shard; a single "" for a stage that stands once.</summary>
    public Values<string> Instances { get; init; } = [""];

    /// <summary>The members of the domain: the instances of one shard, by the names they have there.</summary>
    public Values<string> Members => ShardNames.Members(Instances, Shards);

    /// <summary>Training or evaluation.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>Resolved port types, by instance.</summary>
    public required Values<BoundTypes> Types { get; init; }

    /// <summary>Its firing pattern in numbers; null in graphs made by hand, where nobody has stated it.</summary>
    public Rhythm? Rhythm { get; init; }

    /// <summary>
    /// Cycles per cycle of the clock that drives it: a vector step, or an evaluation pass where evaluation's clock counts in
    /// those. Null when that is known only while running.
    /// </summary>
    public Fraction? Rate { get; init; } = new(1);

    /// <summary>Where the file declares it. Not part of equality.</summary>
    public SourceSpan Where { get; init; }

    /// <summary>Equal when it would run the same; the place in the file does not matter.</summary>
    public bool Equals(Node? other) => other is not null && Id == other.Id && Component.Id == other.Component.Id && Equals(Options, other.Options)
        && Copies == other.Copies && Shards == other.Shards && Each == other.Each && Instances == other.Instances && Purpose == other.Purpose && Rate == other.Rate;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Component.Id, Options);

    internal PlacedStage Placed => new(Each, Members, Shards, Purpose);

    /// <summary>The options in canonical text, those that differ from the default.</summary>
    public IEnumerable<(string Name, string Value)> Settings()
    {
        var values = Component.Options.Read(Options);
        return Component.Options.Options
            .Where(o => !Equals(values[o.Name], o.Default))
            .Select(o => (o.Name, OptionText.Write(values[o.Name])));
    }
}

/// <summary>How tokens of several producing instances meet at an input.</summary>
public enum Merge
{
    /// <summary>One producer: nothing to merge.</summary>
    Single,

    /// <summary>One token from each producer at each stamp; arrival order is invisible.</summary>
    ByStep,

    /// <summary>In order of arrival; not determinate.</summary>
    AsItComes,

    /// <summary>The newest token, again and again until there is a newer one; not determinate.</summary>
    Latest,
}

/// <summary>A typed message stream from an output to an input, through pure operators.</summary>
public sealed record Edge
{
    /// <summary>Producing stage.</summary>
    public required string From { get; init; }

    /// <summary>Its output port.</summary>
    public required string Output { get; init; }

    /// <summary>Consuming stage.</summary>
    public required string To { get; init; }

    /// <summary>Its input port.</summary>
    public required string Input { get; init; }

    /// <summary>How several producing instances meet.</summary>
    public Merge Merge { get; init; }

    /// <summary>The operators, in order.</summary>
    public Values<OperatorUse> Operators { get; init; } = [];

    /// <summary>Position of this edge's first producing instance among the producers of the input port.</summary>
    public int FirstPeer { get; init; }

    /// <summary>Position of this edge's first consuming instance among those that the output speaks to apart.</summary>
    public int FirstReader { get; init; }

    /// <summary>Tokens each producing instance sends to each reader, per vector step, before the operators; null when that varies.</summary>
    public Fraction? Rate { get; init; } = new(1);

    /// <summary>Tokens a producer may have under way before it waits. Never below <see cref="LeastCapacity"/>.</summary>
    public int Capacity { get; init; } = 2;

    /// <summary>
    /// The least capacity with which the graph runs without making room on the way, every firing finding room for all that it
    /// sends, while all other edges have theirs; null when that is not known.
    /// </summary>
    public int? LeastCapacity { get; init; }

    /// <summary>Bytes of one token of each producing instance (largest over readers).</summary>
    public Values<long> TokenBytes { get; init; } = [];

    /// <summary>Where the file declares it. Not part of equality.</summary>
    public SourceSpan Where { get; init; }

    /// <summary><c>team.rollouts → learner.rollouts</c></summary>
    public string Name => $"{From}.{Output} → {To}.{Input}";

    /// <summary>Equal when it would run the same; the place in the file does not matter.</summary>
    public bool Equals(Edge? other) => other is not null && Name == other.Name && Merge == other.Merge
        && Operators == other.Operators && FirstPeer == other.FirstPeer && FirstReader == other.FirstReader && Rate == other.Rate && Capacity == other.Capacity;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The pairs of instances that communicate: all with all, within a shard where both stand in shards, each with its namesake
    /// where both are multiplied by one domain; where a stage speaks with its own other instances, each with all of them.
    /// </summary>
    public IEnumerable<(int Producer, int Consumer)> Links(Graph graph) => Pairing(graph[From], graph[To]).Links();

    /// <summary>Position of a consuming instance among those to which a producing one may speak apart through the edge.</summary>
    /// <param name="source">The producing stage.</param>
    /// <param name="target">The consuming stage.</param>
    /// <param name="producer">Its instance.</param>
    /// <param name="consumer">Its instance.</param>
    public int Reader(Node source, Node target, int producer, int consumer) => Pairing(source, target).Reader(producer, consumer);

    private Pairing Pairing(Node source, Node target) => new(source.Placed, target.Placed, target.Component.Inputs[target.Component.InputIndex(Input)].FromPeers);
}

/// <summary>An operator with its arguments.</summary>
public sealed record OperatorUse(OperatorComponent Component, object Options)
{
    /// <summary>Same operator, same arguments.</summary>
    public bool Equals(OperatorUse? other) => other is not null && Component.Id == other.Component.Id && Equals(Options, other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Component.Id, Options);
}
