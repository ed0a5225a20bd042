using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Bars;

/// <summary>What a seed reached by the steps a bar is judged at.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="EnvironmentSteps">Steps its policies had learned from.</param>
/// <param name="Seconds">Seconds the run had taken.</param>
/// <param name="Return">Mean evaluation return, or what else the bar measures.</param>
public sealed record SeedScore(long Seed, long EnvironmentSteps, double Seconds, double Return);

/// <summary>What became of a bar.</summary>
public enum Verdict
{
    /// <summary>Reached.</summary>
    Passed,

    /// <summary>Not reached, or a run failed.</summary>
    Failed,

    /// <summary>Not known: somebody stopped it before all seeds were done.</summary>
    Stopped,
}

/// <summary>A bar and what was measured for it.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="Pipeline">The pipeline's name; the file's where it could not be read.</param>
/// <param name="Convention">What the returns mean; null where nothing was evaluated.</param>
/// <param name="Scores">By seed; a seed without an evaluation in time is missing.</param>
/// <param name="Verdict">Passed or not.</param>
/// <param name="Problems">Why runs failed; empty otherwise.</param>
public sealed record BarOutcome(
    Bar Bar, string Pipeline, ReturnConvention? Convention, Values<SeedScore> Scores, Verdict Verdict, Values<Diagnostic> Problems)
{
    /// <summary>The returns over seeds.</summary>
    public Sample Returns => Sample.Of(Scores.Select(s => s.Return));

    /// <summary>The figure that is compared with the bar; NaN where no seed was evaluated.</summary>
    public double Figure => Measured(Bar, Scores);

    /// <summary>Steps judged at: the most of any seed.</summary>
    public long EnvironmentSteps => Scores.Select(s => s.EnvironmentSteps).DefaultIfEmpty(0).Max();

    /// <summary>Minutes all seeds together took to get there.</summary>
    public double Minutes => Scores.Sum(s => s.Seconds) / 60;

    /// <summary>The outcome of a bar, from what its seeds reached.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="convention">What the returns mean.</param>
    /// <param name="scores">The evaluations of the bar's seeds.</param>
    /// <param name="problems">Why runs failed.</param>
    /// <param name="isStopped">Somebody stopped the runs.</param>
    public static BarOutcome Of(
        Bar bar, string pipeline, ReturnConvention? convention, Values<SeedScore> scores, Values<Diagnostic> problems, bool isStopped)
    {
        var isWhole = scores.Count == bar.Seeds.Count;
        var verdict = isWhole && problems.Count == 0 && Passes(bar, scores) ? Verdict.Passed
            : !isWhole && isStopped && problems.Count == 0 ? Verdict.Stopped
            : Verdict.Failed;
        return new(bar, pipeline, convention, scores, verdict, problems);
    }

    private static bool Passes(Bar bar, Values<SeedScore> scores) =>
        Measured(bar, scores) >= bar.AtLeast.Value && (bar.AtMost is not { } limit || scores.All(s => s.Return <= limit.Value));

    private static double Measured(Bar bar, Values<SeedScore> scores)
    {
        var returns = scores.Select(s => s.Return);
        return bar.Statistic switch
        {
            Statistic.Mean => Sample.Of(returns).Mean,
            Statistic.Median => Sample.Of(returns).Median,
            _ when bar.IsOfLeague && bar.AtMost is not null => returns.DefaultIfEmpty(double.NaN).Max(), // more is worse
            _ => returns.DefaultIfEmpty(double.NaN).Min(),
        };
    }
}
