using Marl.Actors.Core.Stages;

namespace Marl.Actors.Experience.Replay;

/// <summary>
/// How likely the item that begins at a place is drawn: P(i) = pᵢ^α / Σ p^α with pᵢ = |δᵢ| + ε; a new one gets the greatest p so far,
/// so that each is seen soon. Schaul et al.: Prioritized experience replay, ICLR 2016, section 3.3 (proportional).
/// </summary>
/// <param name="places">Places of all copies.</param>
/// <param name="alpha">α.</param>
/// <param name="epsilon">ε.</param>
internal sealed class Priorities(int places, double alpha, double epsilon)
{
    private readonly SumTree shares = new(places); // p^α, 0 where no item begins
    private double greatest = 1;                   // p^α

    /// <summary>Σ p^α.</summary>
    public double Total => shares.Total;

    /// <summary>An item begins here, which nobody has learned from yet.</summary>
    public void Begin(int at) => shares[at] = greatest;

    /// <summary>No item begins here any more.</summary>
    public void Forget(int at) => shares[at] = 0;

    /// <summary>A learner was off by |δ| on the item that begins here.</summary>
    public void Judge(int at, double error)
    {
        var share = Math.Pow(error + epsilon, alpha);
        shares[at] = share;
        greatest = Math.Max(greatest, share);
    }

    /// <summary>The place at which Σ p^α passes a bound.</summary>
    public int Find(double sum) => shares.Find(sum);

    /// <summary>P(i).</summary>
    public double Probability(int at) => shares[at] / shares.Total;

    public void Save(StageSnapshot snapshot)
    {
        var all = new double[places];
        for (var at = 0; at < places; at++)
        {
            all[at] = shares[at];
        }

        snapshot.Put<double>("replay.priorities", all);
        snapshot.Put("replay.greatest", greatest);
    }

    public void Load(StageSnapshot snapshot)
    {
        var all = snapshot.Get<double>("replay.priorities");
        for (var at = 0; at < places; at++)
        {
            shares[at] = all[at];
        }

        greatest = snapshot.GetOne<double>("replay.greatest");
    }
}
