using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Algorithms.Surrogate;

/// <summary>Options of <c>algorithm/surrogate</c>.</summary>
/// <param name="First">θ at the beginning.</param>
/// <param name="LearningRate">α.</param>
public sealed record SurrogateOptions(
    [Option("Where it begins, θ.", Default = "0.9, 0.9", Minimum = -1, Maximum = 1)] Values<double> First = default,
    [Option("Step size α along the surrogate's gradient.", Minimum = 0, Maximum = 1)] double LearningRate = 0.02)
{
    /// <summary>θ at the beginning; 0.9, 0.9 unless given.</summary>
    public Values<double> First { get; init; } = First.IsDefault ? [0.9, 0.9] : First;
}
