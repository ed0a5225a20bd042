using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Parameters;

/// <summary>What a server says of the gradients since its last report. Staleness counts the steps done since the parameters were handed out.</summary>
internal sealed class ServerFigures
{
    private readonly double[] sums = new double[5]; // gradients, staleness, greatest staleness, dropped, norms

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout("staleness-mean", "staleness-max", "dropped", "step-norm", "learning-rate");

    /// <summary>Adds a gradient.</summary>
    public void Add(long staleness, bool isDropped)
    {
        sums[0]++;
        sums[1] += staleness;
        sums[2] = Math.Max(sums[2], staleness);
        sums[3] += isDropped ? 1 : 0;
    }

    /// <summary>Adds the length of a step's gradient.</summary>
    public void Step(double norm) => sums[4] += norm;

    /// <summary>Writes the figures and begins anew.</summary>
    public void Write(Span<float> figures, double learningRate)
    {
        var gradients = Math.Max(1, sums[0]);
        double[] all = [sums[1] / gradients, sums[2], sums[3], sums[4] / Math.Max(1, gradients - sums[3]), learningRate];
        for (var i = 0; i < all.Length; i++)
        {
            figures[i] = (float)all[i];
        }

        Array.Clear(sums);
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put<double>("server.figures", sums);

    public void Load(StageSnapshot snapshot) => snapshot.GetInto<double>("server.figures", sums);
}
