using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Faults;

/// <summary>The cells of a run that may crash, and those of them that wait to be made anew.</summary>
/// <param name="crashable">By cell; null for those that never crash.</param>
/// <param name="make">Makes a cell, before its beginning.</param>
internal sealed class Recovery(CrashableCell?[] crashable, Func<CellAddress, StageCell> make)
{
    private readonly List<CrashableCell> down = [];

    /// <summary>Cells that wait to be made anew.</summary>
    public int Down => down.Count;

    /// <summary>Whether a cell is there.</summary>
    public bool IsUp(int index) => crashable[index] is not { IsDown: true };

    /// <summary>Fires a cell if it can; afterwards it may be down.</summary>
    public bool TryFire(StageCell cell)
    {
        if (crashable[cell.Address.Index] is not { } mortal)
        {
            return cell.TryFire();
        }

        var hasFired = mortal.TryFire(cell);
        if (mortal.IsDown)
        {
            down.Add(mortal);
        }

        return hasFired;
    }

    /// <summary>A cell has been told what nobody tells it again: it never goes back behind that.</summary>
    public void Keep(StageCell cell) => crashable[cell.Address.Index]?.Save(cell);

    /// <summary>Takes one of the cells that are down, to be made anew.</summary>
    /// <returns>Its index.</returns>
    public int Next(int which)
    {
        var index = down[which].Address.Index;
        down.RemoveAt(which);
        return index;
    }

    /// <summary>Makes a cell anew, in its place among the others.</summary>
    /// <param name="index">Which.</param>
    /// <param name="cells">By index.</param>
    /// <param name="hold">Where the training clock is held now.</param>
    public void Replace(int index, StageCell[] cells, long hold)
    {
        var mortal = crashable[index]!;
        cells[index].Dispose();
        cells[index] = mortal.Replace(() => make(mortal.Address), hold);
    }
}
