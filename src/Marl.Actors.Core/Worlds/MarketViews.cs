using Marl.Actors.Core.Spaces;

namespace Marl.Actors.Core.Worlds;

/// <summary>
/// What a trader sees and does in a market for one thing, a unit a day: the layout of observations and actions, for worlds and
/// agents alike.
/// </summary>
/// <param name="IsBuyer">It buys; otherwise it sells.</param>
/// <param name="Limit">What the unit is worth to a buyer, or costs a seller.</param>
/// <param name="Holds">It has not traded today.</param>
/// <param name="MayShout">It is its turn to call out a price.</param>
public readonly record struct MarketView(bool IsBuyer, double Limit, bool Holds, bool MayShout);

/// <summary>Reads and writes <see cref="MarketView"/>.</summary>
public static class MarketViews
{
    /// <summary>Side (1 or −1), limit, holds (1 or 0), turn (1 or 0).</summary>
    public static Box Observation { get; } = new(4);

    /// <summary>Units (1 bought, −1 sold, 0 neither) and the price of each.</summary>
    public static Box Action { get; } = new(2);

    /// <summary>The view of a copy in observations [copies, 4].</summary>
    public static MarketView Read(ReadOnlySpan<float> observations, int copy)
    {
        var row = observations.Slice(copy * Observation.Length, Observation.Length);
        return new(row[0] > 0, row[1], row[2] == 1, row[3] == 1);
    }

    /// <summary>Writes the view of a copy.</summary>
    public static void Write(Span<float> observations, int copy, MarketView view)
    {
        var row = observations.Slice(copy * Observation.Length, Observation.Length);
        (row[0], row[1], row[2], row[3]) = (view.IsBuyer ? 1 : -1, (float)view.Limit, view.Holds ? 1 : 0, view.MayShout ? 1 : 0);
    }

    /// <summary>The trade of a copy in actions [copies, 2].</summary>
    public static (int Units, double Price) Trade(ReadOnlySpan<float> actions, int copy) =>
        (Math.Sign(actions[copy * Action.Length]), actions[(copy * Action.Length) + 1]);

    /// <summary>Writes a trade.</summary>
    public static void Write(Span<float> actions, int copy, float units, float price) =>
        (actions[copy * Action.Length], actions[(copy * Action.Length) + 1]) = (units, price);
}
