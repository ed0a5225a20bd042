using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;

namespace Marl.Actors.Algorithms.CentralCritics;

/// <summary>
/// What an update says about itself: means over groups of the critics' squared errors, of the least value, of −ln π (0 where there is
/// no density) and of α; and the lengths of both gradients.
/// </summary>
internal static class CriticFigures
{
    public const int Loss = 0;
    public const int Value = 1;
    public const int CriticNorm = 2;
    public const int ActorNorm = 3;
    public const int Entropy = 4;
    public const int Temperature = 5;

    /// <summary>Names and order.</summary>
    public static MessageLayout Layout { get; } = MetricMessages.Layout(
        "critic-loss", "value-mean", "critic-gradient-norm", "actor-gradient-norm", "entropy", "temperature", "batches");
}
