using Marl.Actors.Core.Stages;

namespace Marl.Actors.Core.Worlds;

/// <summary>Keeps the running return and length of the episode in every copy.</summary>
internal sealed class EpisodeLedger(int agents, int copies)
{
    private readonly double[] returns = new double[agents * copies];
    private readonly int[] lengths = new int[copies];

    /// <summary>Steps done in the copy's current episode.</summary>
    public int Length(int copy) => lengths[copy];

    /// <summary>Undiscounted return of an agent in the copy's current episode.</summary>
    public double Return(int agent, int copy) => returns[(agent * copies) + copy];

    /// <summary>Adds one step's rewards, [agents, copies].</summary>
    public void Add(ReadOnlySpan<float> rewards)
    {
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] += rewards[i];
        }

        for (var copy = 0; copy < copies; copy++)
        {
            lengths[copy]++;
        }
    }

    /// <summary>Begins a new episode in a copy.</summary>
    public void Clear(int copy)
    {
        lengths[copy] = 0;
        for (var agent = 0; agent < agents; agent++)
        {
            returns[(agent * copies) + copy] = 0;
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("ledger.returns", returns);
        snapshot.Put<int>("ledger.lengths", lengths);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("ledger.returns", returns);
        snapshot.GetInto<int>("ledger.lengths", lengths);
    }
}
