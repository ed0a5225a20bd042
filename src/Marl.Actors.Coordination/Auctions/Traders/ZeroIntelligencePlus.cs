using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Auctions.Traders;

/// <summary>
/// Zero intelligence plus: a trader shouts its limit and a profit margin, and moves the margin with what it hears, by a
/// Widrow-Hoff rule with momentum. Cliff, Minimal-intelligence agents for bargaining behaviors in market-based environments,
/// HP Labs 1997, with its draws: rate U(0.1, 0.5), momentum U(0, 0.1), first margin U(0.05, 0.35), targets up to 5 % and 0.05 away
/// from the price heard.
/// </summary>
public sealed class ZeroIntelligencePlus : ITrader
{
    private readonly double[] margins;   // by copy; not a number before the first price
    private readonly double[] changes;   // by copy: the momentum's memory
    private readonly double[] rates;
    private readonly double[] momenta;
    private readonly double[] firsts;

    /// <summary>A trader; each copy has a nature of its own.</summary>
    public ZeroIntelligencePlus(int copies, RandomKey key)
    {
        (margins, changes, rates, momenta, firsts) = (new double[copies], new double[copies], new double[copies], new double[copies], new double[copies]);
        var random = key.Stream();
        for (var copy = 0; copy < copies; copy++)
        {
            (rates[copy], momenta[copy], firsts[copy]) = (random.Uniform(0.1, 0.5), random.Uniform(0, 0.1), random.Uniform(0.05, 0.35));
        }

        Array.Fill(margins, double.NaN);
    }

    /// <inheritdoc/>
    public double Price(int copy, bool isBuyer, double limit, ref RandomStream random) => Price(copy, isBuyer, limit);

    /// <inheritdoc/>
    public void Hear(int copy, bool isBuyer, double limit, bool isActive, Shout shout, ref RandomStream random)
    {
        var price = Price(copy, isBuyer, limit);
        var advantage = isBuyer ? price - shout.Price : shout.Price - price; // of dealing at the price heard over shouting one's own
        if (shout.IsAccepted && advantage >= 0)
        {
            Move(copy, isBuyer, limit, price, Target(shout.Price, isUp: !isBuyer, ref random)); // more profit is to be had
        }
        else if (isActive && advantage <= 0 && shout.IsAccepted != (shout.IsBid == isBuyer))
        {
            // The other side has found somebody who asks for less, or one's own side shouts in vain what is no worse.
            Move(copy, isBuyer, limit, price, Target(shout.Price, isUp: isBuyer, ref random));
        }
    }

    /// <inheritdoc/>
    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("zip.margins", margins);
        snapshot.Put<double>("zip.changes", changes);
    }

    /// <inheritdoc/>
    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("zip.margins", margins);
        snapshot.GetInto<double>("zip.changes", changes);
    }

    // In single precision, as messages carry it: a trader must know its own price when it hears it again.
    private float Price(int copy, bool isBuyer, double limit) => (float)(limit * (1 + Margin(copy, isBuyer)));

    // A buyer's margin is negative: it pays less than its value.
    private double Margin(int copy, bool isBuyer) =>
        double.IsNaN(margins[copy]) ? margins[copy] = isBuyer ? -firsts[copy] : firsts[copy] : margins[copy];

    private void Move(int copy, bool isBuyer, double limit, double price, double target)
    {
        changes[copy] = (momenta[copy] * changes[copy]) + ((1 - momenta[copy]) * rates[copy] * (target - price));
        var margin = ((price + changes[copy]) / limit) - 1;
        margins[copy] = isBuyer ? Math.Clamp(margin, -1, 0) : Math.Max(0, margin);
    }

    private static double Target(double price, bool isUp, ref RandomStream random)
    {
        var (relative, absolute) = (random.Uniform(0, 0.05), random.Uniform(0, 0.05));
        return isUp ? (price * (1 + relative)) + absolute : (price * (1 - relative)) - absolute;
    }
}
