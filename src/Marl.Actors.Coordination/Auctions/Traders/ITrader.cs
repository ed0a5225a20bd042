using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Traders;

/// <summary>How a trader prices the one unit it may buy or sell, in every copy of a market on its own.</summary>
public interface ITrader
{
    /// <summary>A shout.</summary>
    /// <param name="copy">In which copy.</param>
    /// <param name="isBuyer">It buys; otherwise it sells.</param>
    /// <param name="limit">What the unit is worth to a buyer, or costs a seller.</param>
    /// <param name="random">Draws of this shout.</param>
    double Price(int copy, bool isBuyer, double limit, ref RandomStream random);

    /// <summary>What it learns from a shout, its own or another's.</summary>
    /// <param name="copy">In which copy.</param>
    /// <param name="isBuyer">It buys; otherwise it sells.</param>
    /// <param name="limit">Its own limit.</param>
    /// <param name="isActive">It still has its unit to trade.</param>
    /// <param name="shout">What was shouted.</param>
    /// <param name="random">Draws of this lesson.</param>
    void Hear(int copy, bool isBuyer, double limit, bool isActive, Shout shout, ref RandomStream random)
    {
    }

    /// <summary>Writes what it has learned.</summary>
    void Save(StageSnapshot snapshot)
    {
    }

    /// <summary>Takes a saved state over.</summary>
    void Load(StageSnapshot snapshot)
    {
    }
}

/// <summary>A price called out for all to hear.</summary>
/// <param name="Price">The price; that of the deal, where it made one.</param>
/// <param name="IsBid">Of a buyer; otherwise of a seller.</param>
/// <param name="IsAccepted">It made a trade.</param>
public readonly record struct Shout(double Price, bool IsBid, bool IsAccepted);
