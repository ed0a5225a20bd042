using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>What an update says about itself: means over its batches and groups; zeros while the memory fills.</summary>
internal sealed class CriticFigures(int groups)
{
    private double loss;
    private double value;
    private double entropy;
    private double temperature;
    private int batches;

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "critic-loss", "value-mean", "critic-gradient-norm", "actor-gradient-norm", "entropy", "temperature", "batches");

    /// <summary>Sum of the critics' gradients' lengths.</summary>
    public double CriticNorm { get; set; }

    /// <summary>Sum of the actors' gradients' lengths.</summary>
    public double ActorNorm { get; set; }

    /// <summary>Begins an update.</summary>
    public void Clear() => (loss, value, entropy, temperature, CriticNorm, ActorNorm, batches) = (0, 0, 0, 0, 0, 0, 0);

    /// <summary>Adds a group's critics: mean squared error, mean of the least value.</summary>
    public void AddCritics(double squares, double values) => (loss, value) = (loss + (squares / groups), value + (values / groups));

    /// <summary>Adds a group's policy: its mean −ln π (0 where it has no density), and α.</summary>
    public void AddEntropy(double mean, double worth) => (entropy, temperature) = (entropy + (mean / groups), temperature + (worth / groups));

    /// <summary>Counts a batch.</summary>
    public void Count() => batches++;

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public void Write(Span<float> figures)
    {
        var count = Math.Max(1, batches);
        (figures[0], figures[1], figures[2]) = ((float)(loss / count), (float)(value / count), (float)(CriticNorm / count));
        (figures[3], figures[4], figures[5]) = ((float)(ActorNorm / count), (float)(entropy / count), (float)(temperature / count));
        figures[6] = batches;
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put("learner.figures", [loss, value, CriticNorm, ActorNorm, entropy, temperature, batches]);

    public void Load(StageSnapshot snapshot)
    {
        Span<double> figures = stackalloc double[7];
        snapshot.GetInto("learner.figures", figures);
        (loss, value, CriticNorm, ActorNorm) = (figures[0], figures[1], figures[2], figures[3]);
        (entropy, temperature, batches) = (figures[4], figures[5], (int)figures[6]);
    }
}
