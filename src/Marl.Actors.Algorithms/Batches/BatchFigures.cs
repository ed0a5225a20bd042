using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Batches;

/// <summary>What an update says about itself: means over its batches, and last how many there were; zeros while the memory fills.</summary>
/// <param name="layout">Names and order of the figures.</param>
internal sealed class BatchFigures(MessageLayout layout)
{
    private readonly double[] sums = new double[layout.Length]; // the last counts batches

    /// <summary>Begins an update.</summary>
    public void Clear() => Array.Clear(sums);

    /// <summary>Adds to a figure of the batch at hand.</summary>
    public void Add(int figure, double amount) => sums[figure] += amount;

    /// <summary>A batch is done.</summary>
    public void Count() => sums[^1]++;

    /// <summary>Writes the figures in the order of the layout.</summary>
    public void Write(Span<float> figures)
    {
        var count = Math.Max(1, sums[^1]);
        for (var i = 0; i < sums.Length - 1; i++)
        {
            figures[i] = (float)(sums[i] / count);
        }

        figures[sums.Length - 1] = (float)sums[^1];
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put<double>("learner.figures", sums);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto("learner.figures", sums.AsSpan());
}
