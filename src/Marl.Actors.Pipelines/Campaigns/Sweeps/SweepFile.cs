using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>A sweep file as written: runs of one pipeline under many parameters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Of">The pipeline file, relative to the sweep file's folder, as written.</param>
/// <param name="PipelinePath">The pipeline file, ready to open.</param>
/// <param name="Seeds">Every setting is run under each; null for the pipeline's own seed.</param>
/// <param name="Steps">Environment steps in place of the pipeline's <c>stop</c>; null for the pipeline's own.</param>
/// <param name="Grid">Parameters whose values are all tried, in all combinations.</param>
/// <param name="Sample">Parameters whose values are drawn; null when none are.</param>
/// <param name="Where">The file.</param>
public sealed record SweepFile(
    Located<string> Name,
    Located<string>? Summary,
    Located<string> Of,
    string PipelinePath,
    Values<long>? Seeds,
    Located<long>? Steps,
    Values<GridAxis> Grid,
    SampleSection? Sample,
    SourceSpan Where);

/// <summary><c>penalty: [-100, -10, 0]</c></summary>
public sealed record GridAxis(Located<string> Parameter, Values<Located<string>> Values);

/// <summary><c>sample:</c> — how many draws, from which seed, of which parameters.</summary>
/// <param name="Trials">Draws; each is run under every seed, with every combination of the grid.</param>
/// <param name="Seed">Seed of the draws: the same file gives the same values. It has nothing to do with the seeds of the runs.</param>
/// <param name="Axes">The parameters.</param>
public sealed record SampleSection(int Trials, long Seed, Values<SampleAxis> Axes);

/// <summary><c>learningRate: { log-uniform: 1e-4..1e-2 }</c></summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Distribution">How it is drawn.</param>
/// <param name="Bounds">Least and greatest value, both may be drawn; null for a choice.</param>
/// <param name="Choices">What is chosen from; empty for a range.</param>
public sealed record SampleAxis(Located<string> Parameter, Distribution Distribution, Located<(string Low, string High)>? Bounds, Values<Located<string>> Choices);

/// <summary>How the values of a parameter are drawn.</summary>
public enum Distribution
{
    /// <summary>Each value of a range is equally likely; each whole number, for an int.</summary>
    Uniform,

    /// <summary>The logarithm is uniform: as many values between 0.001 and 0.01 as between 0.01 and 0.1.</summary>
    LogUniform,

    /// <summary>Each value of a list is equally likely.</summary>
    Choice,
}
