using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Types;

namespace Marl.Actors.Core.Stages;

/// <summary>A pure step on an edge: (state, token) → (state, tokens). One instance for each pair of communicating instances.</summary>
public interface IOperator
{
    /// <summary>Takes a token over and passes tokens on. What is not passed on must be released.</summary>
    void Push(Message message, Action<Message> next);

    /// <summary>The producer has ended: last tokens may follow.</summary>
    void End(Action<Message> next);

    /// <summary>Before the first token: initial tokens (a delay speaks first).</summary>
    void Start(Action<Message> next);

    /// <summary>Writes the state.</summary>
    void Save(StageSnapshot snapshot);

    /// <summary>Takes a saved state over, in place of <see cref="Start"/>.</summary>
    void Load(StageSnapshot snapshot);
}

/// <summary>What an operator is made from, besides its options.</summary>
/// <param name="Key">Key of (seed, edge, producer instance, consumer instance, position).</param>
/// <param name="Type">The resolved type of the tokens it gets.</param>
public sealed record OperatorContext(RandomKey Key, PortType Type);

/// <summary>An entry of the catalog that edges may name after <c>|&gt;</c>.</summary>
public sealed record OperatorComponent
{
    /// <summary>The kebab-case name.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The arguments.</summary>
    public required OptionsSchema Options { get; init; }

    /// <summary>The type of what it passes on; the same by default.</summary>
    public Func<object, PortType, PortType> Type { get; init; } = (_, type) => type;

    /// <summary>How many tokens come out as tokens go in; one for one by default.</summary>
    public Func<object, Passing> Passes { get; init; } = _ => Passing.OneForOne;

    /// <summary>It may turn tokens into absent ones, so the reader must accept those.</summary>
    public bool MakesAbsent { get; init; }

    /// <summary>The kinds of message it takes; empty for all.</summary>
    public Func<string, bool> Accepts { get; init; } = _ => true;

    /// <summary>With these arguments it changes nothing: the graph keeps it, an interpreter may leave it out.</summary>
    public Func<object, bool> IsIdentity { get; init; } = _ => false;

    /// <summary>Makes the operator.</summary>
    public required Func<object, OperatorContext, IOperator> Create { get; init; }
}
