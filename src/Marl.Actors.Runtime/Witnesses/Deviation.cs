using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Inboxes;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>The first token at some place of a run that is not what it is in another run.</summary>
public sealed record Deviation : Finding
{
    /// <summary><c>team.rollouts → learner.rollouts</c>; <c>learner.metrics</c> for a port that no edge reads.</summary>
    public required string Edge { get; init; }

    /// <summary>Where the file declares it.</summary>
    public required SourceSpan Where { get; init; }

    /// <summary>The stage that made it; where the edge is <see cref="IsTaken"/>, the one that took it.</summary>
    public required string Stage { get; init; }

    /// <summary>It was made alike, but came otherwise out of the edge's operators and merge.</summary>
    public bool IsTaken { get; init; }

    /// <summary>What the edge does on the way, as in <c>'scale', 'drop'</c>.</summary>
    public string OnTheWay { get; init; } = "";

    /// <summary>The stage had been made anew after a crash.</summary>
    public bool WasRestarted { get; init; }

    /// <summary>Number of the token at this place, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its logical time.</summary>
    public required Stamp Stamp { get; init; }

    /// <summary>It never came, though it did in the other run.</summary>
    public bool IsMissing { get; init; }

    internal Place Place { get; init; }

    internal Message? Message { get; init; }

    internal Token? Expected { get; init; }

    /// <summary>What is different, and who is to blame where this is the first deviation of a run.</summary>
    /// <param name="other">The witness of a run that was asked to look for it; null where nobody looked.</param>
    /// <param name="isFirst">Nothing differed before.</param>
    public string Describe(RunWitness? other, bool isFirst)
    {
        var came = IsMissing ? "never came" : isFirst ? Difference(other?.Found) : "is another one";
        return $"{Edge}: token {Number} at {Stamp}, {(IsTaken ? "as taken" : "made")} by '{Stage}', {came}.{(isFirst ? " " + Blame : "")}";
    }

    internal static string OnTheWayOf(Edge edge) => string.Join(
        ", ",
        edge.Operators.Select(o => $"'{o.Component.Id}'").Concat(edge.Merge is Merge.AsItComes ? ["'as-it-comes'"] : edge.Merge is Merge.Latest ? ["'latest'"] : Array.Empty<string>()));

    private string Blame => (IsTaken, WasRestarted) switch
    {
        (true, false) => $"It was made alike: {OnTheWay} on the edge makes the difference.",
        (true, true) => $"It was made alike, and '{Stage}' had been made anew: a part of the state of {OnTheWay} on the edge is not saved.",
        (false, false) => $"All that '{Stage}' took was alike: it depends on more than its state and its tokens.",
        (false, true) => $"All that '{Stage}' took was alike, and it had been made anew: a part of its state is not saved, or it depends on more than its state and its tokens.",
    };

    private string Difference(Message? other)
    {
        if (Message is not { } mine || Expected is not { } expected)
        {
            return "came beyond the last";
        }

        if (other is null || Token.Of(other) != expected)
        {
            return "is another one in every run";
        }

        return $"differs: {TokenComparison.Difference(mine, other, "here", "without faults")}";
    }
}
