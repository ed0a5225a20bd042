namespace Marl.Actors.Environments.Navigation;

/// <summary>
/// What all agents of all copies see, written when the first one asks: copy by copy, for a copy's field lies in the nearest cache
/// whole, and all fields together in none.
/// </summary>
internal sealed class LocalViews(LocalView view, int agents, int copies)
{
    private readonly float[] rows = new float[agents * copies * LocalView.Width]; // [agents, copies, width]
    private readonly bool[] isStale = new bool[copies];
    private bool isAnyStale;

    /// <summary>A copy has changed.</summary>
    public void Changed(int copy) => isAnyStale = isStale[copy] = true;

    /// <summary>What an agent sees: [copies, width].</summary>
    /// <param name="agent">Which.</param>
    /// <param name="world">Where everybody is.</param>
    public ReadOnlySpan<float> Of(int agent, TeamNavigation world)
    {
        for (var copy = 0; isAnyStale && copy < copies; copy++)
        {
            if (isStale[copy])
            {
                Look(copy, world.Standing(copy), world.Field(copy));
            }
        }

        isAnyStale = false;
        return rows.AsSpan(agent * copies * LocalView.Width, copies * LocalView.Width);
    }

    private void Look(int copy, ReadOnlySpan<Standing> standing, ReadOnlySpan<Cell> field)
    {
        isStale[copy] = false;
        for (var agent = 0; agent < agents; agent++)
        {
            var row = rows.AsSpan(((agent * copies) + copy) * LocalView.Width, LocalView.Width);
            row.Clear();
            view.Write(agent, standing, field, row);
        }
    }
}
