using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>How far a learner was off on each item of a batch: the greatest |δ| and the mean one.</summary>
/// <param name="items">B.</param>
internal sealed class ItemErrors(int items)
{
    private readonly MessagePool messages = new(PriorityMessages.Layout(items));
    private readonly float[] greatest = new float[items];
    private readonly double[] sums = new double[items];
    private readonly int[] counts = new int[items];

    /// <summary>A batch begins.</summary>
    public void Clear()
    {
        Array.Clear(greatest);
        Array.Clear(sums);
        Array.Clear(counts);
    }

    /// <summary>Adds one error, of the transition at a position (its items are innermost).</summary>
    public void Add(int position, float error)
    {
        var (item, size) = (position % items, MathF.Abs(error));
        greatest[item] = MathF.Max(greatest[item], size);
        sums[item] += size;
        counts[item]++;
    }

    /// <summary>All of them, to be sent; 0 where nothing was learned from.</summary>
    public Message Tell(Stamp stamp)
    {
        var message = messages.Rent(stamp);
        greatest.CopyTo(message.Write(PriorityMessages.Greatest));
        var mean = message.Write(PriorityMessages.Mean);
        for (var item = 0; item < items; item++)
        {
            mean[item] = (float)(sums[item] / Math.Max(1, counts[item]));
        }

        return message;
    }
}
