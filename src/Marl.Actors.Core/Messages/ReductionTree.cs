using System.Numerics;
using System.Runtime.InteropServices;

namespace Marl.Actors.Core.Messages;

/// <summary>
/// The fixed order in which floats of several shards are added: a tree over the shards that depends on their number alone
/// (neighbours, then pairs of neighbours, …). So the sum is the same to the bit wherever the parts are added, in whatever order
/// they came, and into whatever pieces the blocks were cut.
/// </summary>
public static class ReductionTree
{
    /// <summary>How many levels there are above so many shards: 0 for one, 3 for eight.</summary>
    public static int Levels(int shards) => BitOperations.Log2((uint)Math.Max(1, shards - 1)) + (shards > 1 ? 1 : 0);

    /// <summary>Leaves the sum in the first and sums of no meaning in the others.</summary>
    /// <param name="shards">By shard, all of one length.</param>
    public static void Sum(ReadOnlySpan<Memory<float>> shards)
    {
        for (var stride = 1; stride < shards.Length; stride *= 2)
        {
            for (var i = 0; i + stride < shards.Length; i += 2 * stride)
            {
                Add(shards[i].Span, shards[i + stride].Span);
            }
        }
    }

    /// <summary>Leaves the mean in the first and sums of no meaning in the others. A single one is left as it is.</summary>
    /// <param name="shards">By shard, all of one length.</param>
    public static void Mean(ReadOnlySpan<Memory<float>> shards)
    {
        Sum(shards);
        Divide(shards[0].Span, shards.Length);
    }

    /// <summary>One node of the tree: adds what stands right of it.</summary>
    public static void Add(Span<float> sums, ReadOnlySpan<float> more)
    {
        var into = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var from = MemoryMarshal.Cast<float, Vector<float>>(more);
        for (var i = 0; i < into.Length; i++)
        {
            into[i] += from[i];
        }

        for (var i = into.Length * Vector<float>.Count; i < sums.Length; i++)
        {
            sums[i] += more[i];
        }
    }

    /// <summary>From a sum to the mean; a single shard's is left as it is.</summary>
    public static void Divide(Span<float> sums, int shards)
    {
        if (shards == 1)
        {
            return;
        }

        var factor = 1f / shards;
        foreach (ref var sum in sums)
        {
            sum *= factor;
        }
    }
}
