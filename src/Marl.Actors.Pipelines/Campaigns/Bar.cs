using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Campaigns;

/// <summary>What a pipeline must learn: a learning bar of the repository.</summary>
/// <param name="Pipeline">The pipeline file, relative to the bars file's folder, as written.</param>
/// <param name="PipelinePath">The pipeline file, ready to open.</param>
/// <param name="Settings">Values of the pipeline's parameters, as text, in place of their defaults; null for none.</param>
/// <param name="Seeds">One run each.</param>
/// <param name="Steps">Environment steps in place of the pipeline's <c>stop</c>; null for the pipeline's own.</param>
/// <param name="At">Judged at the last evaluation at or before that many environment steps; null for the end.</param>
/// <param name="Measure">What a seed's figure is.</param>
/// <param name="Statistic">How the seeds' evaluation returns become one figure.</param>
/// <param name="AtLeast">The least figure that passes, in the pipeline's return convention.</param>
/// <param name="AtMost">What no seed may exceed: the limit of a method that is expected to fail; null for none.</param>
/// <param name="Random">What random actions get; null when not known.</param>
/// <param name="Optimum">What the best known policy gets; null when not known.</param>
/// <param name="Source">Where the bar comes from.</param>
/// <param name="Tier">Which tier runs it.</param>
/// <param name="Where">Its entry in the bars file.</param>
public sealed record Bar(
    Located<string> Pipeline,
    string PipelinePath,
    Located<Values<(string Name, string Value)>>? Settings,
    Values<long> Seeds,
    Located<long>? Steps,
    Located<long>? At,
    Measure Measure,
    Statistic Statistic,
    Located<double> AtLeast,
    Located<double>? AtMost,
    double? Random,
    double? Optimum,
    string Source,
    Tier Tier,
    SourceSpan Where)
{
    /// <summary>What the bar sets, as <c>name=value name=value</c>; empty where it sets nothing.</summary>
    public string SettingText => string.Join(' ', Settings?.Value.Select(s => $"{s.Name}={s.Value}") ?? []);

    /// <summary>Whether it measures the average of a league's past selves, of which less is better, and no evaluation.</summary>
    public bool IsOfLeague => Measure != Measure.Return;
}

/// <summary>What a seed's figure is.</summary>
public enum Measure
{
    /// <summary>The mean return of an evaluation.</summary>
    Return,

    /// <summary>How much best responses gain against the average of a league's past selves, on the game's tree: less is better.</summary>
    Exploitability,

    /// <summary>The most by which that average takes an action more or less often than the equilibrium of a matrix game: less is better.</summary>
    Distance,
}

/// <summary>How the seeds' evaluation returns become one figure.</summary>
public enum Statistic
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their median.</summary>
    Median,

    /// <summary>The worst of them: every seed must pass.</summary>
    Worst,
}

/// <summary>When a bar is run.</summary>
public enum Tier
{
    /// <summary>By the default test run.</summary>
    Short,

    /// <summary>Only when all bars are asked for.</summary>
    Full,
}
