using System.Numerics;
using System.Runtime.InteropServices;
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
        var from = MemoryMarshal.Cast<float, Vector<float>>(rewards);
        var into = MemoryMarshal.Cast<double, Vector<double>>(returns.AsSpan());
        for (var i = 0; i < from.Length; i++)
        {
            Vector.Widen(from[i], out var low, out var high);
            into[2 * i] += low;
            into[(2 * i) + 1] += high;
        }

        for (var i = from.Length * Vector<float>.Count; i < returns.Length; i++)
        {
            returns[i] += rewards[i];
        }

        foreach (ref var length in MemoryMarshal.Cast<int, Vector<int>>(lengths.AsSpan()))
        {
            length += Vector<int>.One;
        }

        for (var copy = copies - (copies % Vector<int>.Count); copy < copies; copy++)
        {
            lengths[copy]++;
        }
    }

    /// <summary>Says which episodes a time limit ends, and whether any has ended.</summary>
    /// <param name="limit">Steps; 0 for none.</param>
    /// <param name="terminated">[copies], 1 where the episode has ended by itself.</param>
    /// <param name="truncated">To fill: [copies], 1 where the limit cuts one that has not.</param>
    public bool Cut(int limit, ReadOnlySpan<float> terminated, Span<float> truncated)
    {
        if (limit <= 0)
        {
            truncated.Clear();
            return terminated.ContainsAnyExcept(0);
        }

        var most = new Vector<int>(limit - 1);
        var ended = Vector<int>.Zero;
        var steps = MemoryMarshal.Cast<int, Vector<int>>(lengths);
        var alone = MemoryMarshal.Cast<float, Vector<float>>(terminated);
        var cut = MemoryMarshal.Cast<float, Vector<float>>(truncated);
        for (var i = 0; i < steps.Length; i++)
        {
            var goesOn = Vector.Equals(alone[i], Vector<float>.Zero);
            var isCut = Vector.GreaterThan(steps[i], most) & goesOn;
            cut[i] = Vector.ConditionalSelect(isCut, Vector<float>.One, Vector<float>.Zero);
            ended |= isCut | ~goesOn;
        }

        var anyEnded = ended != Vector<int>.Zero;
        for (var copy = copies - (copies % Vector<int>.Count); copy < copies; copy++)
        {
            truncated[copy] = terminated[copy] == 0 && lengths[copy] >= limit ? 1 : 0;
            anyEnded |= terminated[copy] + truncated[copy] > 0;
        }

        return anyEnded;
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
