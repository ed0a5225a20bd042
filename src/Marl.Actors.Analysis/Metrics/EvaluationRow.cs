using Marl.Actors.Analysis.Statistics;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>One evaluation pass, as <c>evaluation.csv</c> and TensorBoard show it.</summary>
/// <param name="Update">The version of the policies that played.</param>
/// <param name="EnvironmentSteps">Training steps they had learned from.</param>
/// <param name="Seconds">Seconds since the run began.</param>
/// <param name="Returns">Returns of the episodes, under the run's convention.</param>
/// <param name="LengthMean">Mean length of an episode, in steps.</param>
public sealed record EvaluationRow(int Update, long EnvironmentSteps, double Seconds, Sample Returns, double LengthMean)
{
    /// <summary>The row of a pass.</summary>
    public static EvaluationRow Of(int update, long environmentSteps, double seconds, EvaluationScores scores) =>
        new(update, environmentSteps, seconds, scores.Returns, scores.LengthMean);
}
