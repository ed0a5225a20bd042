using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.Values;

/// <summary>What an update of action values says about itself: means of δ², |δ|, Q and y over transitions, and the gradient's length.</summary>
internal static class ValueFigures
{
    public const int Loss = 0;
    public const int Error = 1;
    public const int Value = 2;
    public const int Target = 3;
    public const int Norm = 4;

    /// <summary>Names and order.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout("loss", "td-error", "value-mean", "target-mean", "gradient-norm", "batches");
}
