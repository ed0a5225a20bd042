using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Traces;

/// <summary>
/// What flowed along every edge of a run, grouped by edge and never by arrival: the trace of a determinate pipeline is the
/// same under every interpreter and every schedule.
/// </summary>
public sealed record Trace
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Root of all random keys.</summary>
    public required long Seed { get; init; }

    /// <summary>Environment steps, over all copies.</summary>
    public required long Steps { get; init; }

    /// <summary>Holds every message; otherwise of each link those that <see cref="Holds"/> says.</summary>
    public required bool IsFull { get; init; }

    /// <summary>Where exact digests hold, as <see cref="NumericProfile"/> says it.</summary>
    public required string Profile { get; init; }

    /// <summary>The edges, in the graph's order.</summary>
    public required Values<TraceEdge> Edges { get; init; }

    /// <summary>The learners' last weights, by policy.</summary>
    public required Values<TracePolicy> Policies { get; init; }

    /// <summary>
    /// Whether a thinned trace holds the message of that number, from 1: the first three, every tenth, and of those beyond 500
    /// every hundredth; where a stage has many instances, of those from the fifth on only the first.
    /// </summary>
    /// <param name="number">Of the message, on its link.</param>
    /// <param name="instance">Of the producer or the consumer, the greater of them, from 0.</param>
    public static bool Holds(long number, int instance) => number == 1 || (instance < Shown && (number <= 3 || number % (number <= 500 ? 10 : 100) == 0));

    private const int Shown = 4;
}

/// <summary>One edge.</summary>
/// <param name="Name"><c>team.actions → world.actions</c></param>
/// <param name="Links">Its pairs of instances, in (producer, consumer) order.</param>
/// <param name="Digest">Over all tokens of all links, in that order.</param>
public sealed record TraceEdge(string Name, Values<TraceLink> Links, string Digest)
{
    /// <summary>Tokens on the whole edge, absent ones included.</summary>
    public long Count => Links.Sum(l => l.Count);
}

/// <summary>One producing and one consuming instance.</summary>
/// <param name="Name"><c>team/agent-0 → world</c></param>
/// <param name="Count">Tokens sent, before the edge's operators.</param>
/// <param name="HasEnded">The producer ended the stream.</param>
/// <param name="Messages">Those the trace holds.</param>
public sealed record TraceLink(string Name, long Count, bool HasEnded, Values<TraceMessage> Messages);

/// <summary>One token.</summary>
/// <param name="Number">Its number on the link, from 1.</param>
/// <param name="Stamp">Logical time.</param>
/// <param name="Kind">Message kind; <c>absent</c> for the statement that there is nothing.</param>
/// <param name="Fields">The fields it carries.</param>
/// <param name="Order">One order in which the run's tokens were sent; for diagrams, not part of the text.</param>
public sealed record TraceMessage(long Number, Stamp Stamp, string Kind, Values<TraceField> Fields, long Order = 0);

/// <summary>The last weights of one policy.</summary>
/// <param name="Group">The policy's name.</param>
/// <param name="Version">Updates done.</param>
/// <param name="Weights">Their statistics.</param>
/// <param name="Digest">Their exact digest.</param>
public sealed record TracePolicy(string Group, long Version, TraceField Weights, string Digest);
