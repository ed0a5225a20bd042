using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Experiments;

/// <summary>How far a run is; reported after every update.</summary>
/// <param name="EnvironmentSteps">Steps done, over all copies.</param>
/// <param name="TotalSteps">Steps of the whole experiment.</param>
/// <param name="Seconds">Since this process began the run.</param>
/// <param name="StepsPerSecond">Mean since then.</param>
/// <param name="TrainingReturn">Mean return of the training episodes that ended in the update, under the run's convention; null if none did.</param>
/// <param name="Evaluation">The newest evaluation; null before the first.</param>
/// <param name="Learner">What the learners reported: losses, entropy, …</param>
public sealed record RunProgress(
    long EnvironmentSteps,
    long TotalSteps,
    double Seconds,
    double StepsPerSecond,
    double? TrainingReturn,
    EvaluationRow? Evaluation,
    Values<Metric> Learner)
{
    /// <summary>Seconds left at the present rate.</summary>
    public double SecondsLeft => StepsPerSecond > 0 ? Math.Max(0, TotalSteps - EnvironmentSteps) / StepsPerSecond : double.NaN;
}
