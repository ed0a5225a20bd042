using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Coordination.Auctions.Traders;

/// <summary>
/// Zero intelligence: prices of chance. Constrained, a buyer shouts anything up to its value and a seller anything from its cost;
/// unconstrained, both shout anything there is. Gode, Sunder, JPE 1993.
/// </summary>
/// <param name="highest">The highest price there is; the lowest is 0.</param>
/// <param name="isConstrained">Nobody shouts a price it would lose by.</param>
public sealed class ZeroIntelligence(double highest, bool isConstrained) : ITrader
{
    /// <inheritdoc/>
    public double Price(int copy, bool isBuyer, double limit, ref RandomStream random) =>
        !isConstrained ? random.Uniform(0, highest)
        : isBuyer ? random.Uniform(0, limit)
        : random.Uniform(limit, highest);
}
