using System.Numerics;
using System.Runtime.InteropServices;

namespace Marl.Actors.Learning.Optimisers;

/// <summary>
/// The mean of the gradients of several shards. They are added in a tree over the shards that depends on their number alone
/// (neighbours, then pairs of neighbours, …); so the sum is the same to the bit wherever and in whatever order they came.
/// </summary>
public static class GradientMean
{
    /// <summary>Leaves the mean in the first and sums of no meaning in the others. A single one is left as it is.</summary>
    /// <param name="shards">By shard, all of one length.</param>
    public static void Of(ReadOnlySpan<Memory<float>> shards)
    {
        for (var stride = 1; stride < shards.Length; stride *= 2)
        {
            for (var i = 0; i + stride < shards.Length; i += 2 * stride)
            {
                Add(shards[i].Span, shards[i + stride].Span);
            }
        }

        if (shards.Length > 1)
        {
            Scale(shards[0].Span, 1f / shards.Length);
        }
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> more)
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

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}
