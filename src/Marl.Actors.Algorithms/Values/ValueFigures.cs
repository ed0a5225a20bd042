using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Algorithms.Values;

/// <summary>What an update says about itself: means over its batches; zeros while the memory fills.</summary>
internal sealed class ValueFigures
{
    private double loss;
    private double error;
    private double value;
    private double target;
    private double norm;
    private int batches;

    /// <summary>Names and order of the figures.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout("loss", "td-error", "value-mean", "target-mean", "gradient-norm", "batches");

    /// <summary>Begins an update.</summary>
    public void Clear() => (loss, error, value, target, norm, batches) = (0, 0, 0, 0, 0, 0);

    /// <summary>Adds a batch: means of δ², |δ|, Q and y over its transitions, and the gradient's length.</summary>
    public void Add(double squares, double errors, double values, double targets, double gradientNorm)
    {
        loss += squares;
        error += errors;
        value += values;
        target += targets;
        norm += gradientNorm;
        batches++;
    }

    /// <summary>Writes the figures in the order of <see cref="Layout"/>.</summary>
    public void Write(Span<float> figures)
    {
        var count = Math.Max(1, batches);
        (figures[0], figures[1], figures[2]) = ((float)(loss / count), (float)(error / count), (float)(value / count));
        (figures[3], figures[4], figures[5]) = ((float)(target / count), (float)(norm / count), batches);
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put("learner.figures", [loss, error, value, target, norm, batches]);

    public void Load(StageSnapshot snapshot)
    {
        Span<double> figures = stackalloc double[6];
        snapshot.GetInto("learner.figures", figures);
        (loss, error, value, target, norm, batches) = (figures[0], figures[1], figures[2], figures[3], figures[4], (int)figures[5]);
    }
}
