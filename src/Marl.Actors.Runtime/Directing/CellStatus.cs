using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Directing;

/// <summary>How a cell is while nothing is under way.</summary>
/// <param name="Address">Which cell.</param>
/// <param name="HasEnded">It has ended.</param>
/// <param name="IsTrainingClock">It is a training clock.</param>
/// <param name="IsHeld">It is a training clock, held at a boundary.</param>
/// <param name="VectorSteps">Vector steps done, for the training clock.</param>
/// <param name="Blocked">Its links on which tokens wait for credits.</param>
/// <param name="Starved">Links it waits on.</param>
/// <param name="State">Its whole state, when asked for.</param>
internal sealed record CellStatus(
    CellAddress Address, bool HasEnded, bool IsTrainingClock, bool IsHeld, long VectorSteps, IReadOnlyList<Link> Blocked, IReadOnlyList<Link> Starved, StageSnapshot? State)
{
    public static CellStatus Of(StageCell cell, bool withState) => new(
        cell.Address, cell.HasEnded, cell.IsTrainingClock, cell.IsHeld, cell.VectorSteps, [.. cell.BlockedLinks], [.. cell.StarvedLinks], withState ? cell.Save() : null);
}
