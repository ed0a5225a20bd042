using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Plots;

/// <summary>One point of a learning curve: a mean and the 95 % interval around it (NaN where there is none).</summary>
public readonly record struct CurvePoint(long EnvironmentSteps, double Mean, double Low, double High);

/// <summary>Mean return against environment steps.</summary>
/// <param name="Name">What the legend calls it; "" for no entry.</param>
/// <param name="Points">By environment steps.</param>
/// <param name="Band">What the band means, for the subtitle: <c>95 % interval over 320 episodes</c>.</param>
public sealed record LearningCurve(string Name, Values<CurvePoint> Points, string Band)
{
    /// <summary>The curve of one run: the band says how well each evaluation knows its mean.</summary>
    public static LearningCurve OfRun(string name, IEnumerable<EvaluationRow> rows)
    {
        var all = rows.ToArray();
        var episodes = all.Length == 0 ? 0 : all[^1].Returns.Count;
        return new(
            name,
            all.Select(r => new CurvePoint(r.EnvironmentSteps, r.Returns.Mean, r.Returns.Low, r.Returns.High)).ToValues(),
            episodes > 1 ? $"95 % interval over {episodes} episodes" : "");
    }

    /// <summary>
    /// The curve of several seeds: mean over seeds and the interval of that mean, at the steps that every seed has been
    /// evaluated at. One seed alone gives its own curve.
    /// </summary>
    public static LearningCurve OfSeeds(string name, IReadOnlyList<IReadOnlyList<EvaluationRow>> seeds)
    {
        if (seeds.Count == 1)
        {
            return OfRun(name, seeds[0]);
        }

        var points = seeds
            .SelectMany(rows => rows.DistinctBy(r => r.EnvironmentSteps))
            .GroupBy(r => r.EnvironmentSteps)
            .Where(group => group.Count() == seeds.Count)
            .OrderBy(group => group.Key)
            .Select(group => (Steps: group.Key, Sample: Sample.Of(group.Select(r => r.Returns.Mean))))
            .Select(p => new CurvePoint(p.Steps, p.Sample.Mean, p.Sample.Low, p.Sample.High));
        return new(name, points.ToValues(), $"95 % interval over {seeds.Count} seeds");
    }
}

/// <summary>A horizontal line to compare with: a random policy, the best that is possible, a bar to reach.</summary>
public sealed record ReferenceLine(string Label, double Value);
