using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Checkpoints;

/// <summary>The state of a whole graph while nothing was under way: every stage, operator and waiting token.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="VectorSteps">Vector steps done by the training clock.</param>
/// <param name="EnvironmentSteps">The same over all copies.</param>
/// <param name="Cells">By the stage instance's name.</param>
public sealed record Checkpoint(
    string Pipeline, long Seed, long VectorSteps, long EnvironmentSteps, IReadOnlyDictionary<string, StageSnapshot> Cells)
{
    /// <summary>What the observer held back until it was saved; null when that was nothing.</summary>
    public StageSnapshot? Observer { get; init; }
}
