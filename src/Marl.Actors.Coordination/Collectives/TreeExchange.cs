using Marl.Actors.Core.Messages;

namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// Whole blocks go up the <see cref="ReductionTree"/>, each participant adding what its right-hand neighbour has, to the first
/// one, and the result goes back down the same way. One round a level and direction.
/// </summary>
/// <param name="self">Which participant, from 0.</param>
/// <param name="count">n.</param>
/// <param name="length">Floats in a block.</param>
/// <param name="reduction">Mean or sum.</param>
internal sealed class TreeExchange(int self, int count, int length, Reduction reduction) : IExchange
{
    private readonly int levels = ReductionTree.Levels(count);

    public int Rounds => Math.Max(1, 2 * levels);

    /// <summary>2 (n − 1) blocks over 2 · levels rounds of n (n − 1) tokens.</summary>
    public int Over => Math.Max(1, levels * count);

    public float[] Block { get; } = new float[length];

    public Memory<float> Says(int round, int to) => Speaks(round, self, to) ? Block : default;

    public bool IsHeard(int round, int from) => Speaks(round, from, self);

    public void Hear(int round, int from, ReadOnlySpan<float> share)
    {
        if (round < levels)
        {
            ReductionTree.Add(Block, share);
        }
        else
        {
            share.CopyTo(Block);
        }
    }

    public void End(int round)
    {
        if (round == levels - 1 && self == 0 && reduction == Reduction.Mean)
        {
            ReductionTree.Divide(Block, count);
        }
    }

    /// <summary>Up, the right child of a node speaks to its left one, which stands for the node from then on; down, the other way round.</summary>
    private bool Speaks(int round, int from, int to)
    {
        var isUp = round < levels;
        var stride = 1 << (isUp ? round : (2 * levels) - 1 - round);
        var (left, right) = isUp ? (to, from) : (from, to);
        return right == left + stride && left % (2 * stride) == 0;
    }
}
