using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Runs;

/// <summary>How a run ended.</summary>
public enum RunEnding
{
    /// <summary>The pipeline's <c>stop:</c> was reached.</summary>
    Completed,

    /// <summary>Somebody asked it to stop; it did so between two iterations, and can be resumed.</summary>
    Stopped,

    /// <summary>Something failed.</summary>
    Failed,

    /// <summary>A node of the cluster was lost; the run goes on from its newest checkpoint.</summary>
    Interrupted,
}

/// <summary>The end of a run.</summary>
/// <param name="Ending">How.</param>
/// <param name="EnvironmentSteps">Training steps done since the beginning of the experiment, over all copies.</param>
/// <param name="Failures">Why it failed; empty otherwise.</param>
/// <param name="Checkpoint">The newest checkpoint, if one was written.</param>
public sealed record RunOutcome(RunEnding Ending, long EnvironmentSteps, Values<Diagnostic> Failures, string? Checkpoint)
{
    /// <summary>
    /// How often the run had to make room on a full edge to go on. The compiler gives every edge room enough, so anything but 0
    /// means that a stage does other than its signature says (or that the graph was too long to be rehearsed).
    /// </summary>
    public int Growths { get; init; }

    /// <summary>The nodes whose loss interrupted it.</summary>
    public Values<string> Lost { get; init; } = [];
}
