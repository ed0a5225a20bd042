using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Analysis.Summaries;

/// <summary>What a run came to: the content of <c>summary.json</c>. Two runs with one seed differ in the two times only.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="EnvironmentSteps">Steps of single environments that were learned from (vector steps times copies).</param>
/// <param name="Updates">Whole updates done.</param>
/// <param name="WallSeconds">Seconds from start to end, learning and evaluation included.</param>
/// <param name="EnvironmentStepsPerSecond">Environment steps over seconds.</param>
/// <param name="Physics">Which physics the world used, where there is a choice (published figures differ by it); else null.</param>
/// <param name="StoppedBy">What ended it.</param>
/// <param name="Evaluation">The last evaluation; null when there was none.</param>
/// <param name="WeightsSha256">SHA-256 of the saved policy's weights, in hexadecimal; null when none were saved.</param>
public sealed record RunSummary(
    string Pipeline,
    long Seed,
    long EnvironmentSteps,
    int Updates,
    double WallSeconds,
    double EnvironmentStepsPerSecond,
    string? Physics,
    StopReason StoppedBy,
    EvaluationSummary? Evaluation,
    string? WeightsSha256);

/// <summary>What ended a run.</summary>
public enum StopReason
{
    /// <summary>All the steps it was asked for are done.</summary>
    Steps,

    /// <summary>Somebody stopped it; it ended at the next update.</summary>
    CtrlC,
}

/// <summary>The <c>evaluation</c> part of <c>summary.json</c>. What there are too few episodes for is null.</summary>
/// <param name="Mean">Mean figure over episodes.</param>
/// <param name="StandardDeviation">Over episodes, with n − 1.</param>
/// <param name="Episodes">How many were played.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Convention">How an episode's returns became one figure.</param>
public sealed record EvaluationSummary(
    double? Mean, double? StandardDeviation, int Episodes, double? Low, double? High, ReturnConvention Convention)
{
    /// <summary>The summary of an evaluation pass.</summary>
    public static EvaluationSummary Of(EvaluationScores scores)
    {
        var returns = scores.Returns;
        return new(Finite(returns.Mean), Finite(returns.StandardDeviation), returns.Count, Finite(returns.Low), Finite(returns.High), scores.Convention);

        static double? Finite(double value) => double.IsFinite(value) ? value : null;
    }
}
