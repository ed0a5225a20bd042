using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Testing.Plays;

/// <summary>A stage and all it is given: what a play needs.</summary>
public sealed record StageFeed
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its inputs, in the order of their indexes.</summary>
    public required Values<string> Inputs { get; init; }

    /// <summary>The names of its outputs, in the order of their indexes.</summary>
    public required Values<string> Outputs { get; init; }

    /// <summary>Outputs nobody reads, by index.</summary>
    public Values<int> Unread { get; init; } = [];

    /// <summary>The tokens, by input and producer; no producer where an input is open.</summary>
    public required Values<Values<TokenLane>> Lanes { get; init; }

    /// <summary>Makes a fresh instance.</summary>
    public required Func<IStage> Create { get; init; }
}

/// <summary>What one producer sends to one input.</summary>
/// <param name="Tokens">The tokens, in order.</param>
/// <param name="Ends">No more will come; otherwise a stage that needs more waits.</param>
public sealed record TokenLane(Values<Token> Tokens, bool Ends);

/// <summary>An operator and all it is given: what a play needs.</summary>
/// <param name="Lane">The tokens.</param>
/// <param name="Create">Makes a fresh instance.</param>
public sealed record OperatorFeed(TokenLane Lane, Func<IOperator> Create);
