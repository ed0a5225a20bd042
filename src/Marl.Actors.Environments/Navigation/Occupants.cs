namespace Marl.Actors.Environments.Navigation;

/// <summary>
/// A cell of one copy's field: its landmark and who is there. What is looked at together lies together: of a thousand agents and
/// their cells, in many copies, only the nearest cache holds a part.
/// </summary>
internal struct Cell
{
    /// <summary>Where its landmark is, in cells.</summary>
    public double X;

    /// <summary>Likewise.</summary>
    public double Y;

    /// <summary>Who covers the landmark; −1 if nobody does.</summary>
    public int Owner;

    /// <summary>Who stands in the cell, the lowest number first; −1 if nobody does. Follows from where the agents are.</summary>
    public int First;
}

/// <summary>An agent of one copy.</summary>
internal struct Standing
{
    /// <summary>Where it is, in cells.</summary>
    public double X;

    /// <summary>Likewise.</summary>
    public double Y;

    /// <summary>Who stands in the same cell as well, with the next higher number; −1 behind the last.</summary>
    public int Next;
}

/// <summary>Who stands in which cell of one copy, so that an agent finds those near it without asking all.</summary>
internal static class Occupants
{
    /// <summary>Takes everybody in; who stands on the field's upper edge stands in the last cell.</summary>
    /// <param name="agents">Of the copy.</param>
    /// <param name="cells">Likewise.</param>
    /// <param name="side">Cells in a row.</param>
    public static void Gather(Span<Standing> agents, Span<Cell> cells, int side)
    {
        foreach (ref var cell in cells)
        {
            cell.First = -1;
        }

        for (var agent = agents.Length - 1; agent >= 0; agent--)
        {
            ref var standing = ref agents[agent];
            ref var cell = ref cells[(Math.Min(side - 1, (int)standing.Y) * side) + Math.Min(side - 1, (int)standing.X)];
            (standing.Next, cell.First) = (cell.First, agent);
        }
    }
}
