using System.Globalization;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Campaigns.Sweeps;

/// <summary>A checked sweep: every setting makes a pipeline that compiles.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="PipelinePath">The pipeline file, ready to open.</param>
/// <param name="Parameters">The parameters it changes, in the file's order: those of the grid, then those that are drawn.</param>
/// <param name="Settings">Their values; the first changes slowest.</param>
/// <param name="Seeds">Each setting is run under each.</param>
/// <param name="StopSteps">Environment steps in place of the pipeline's <c>stop</c>; null for the pipeline's own.</param>
/// <param name="Fixed">Parameters that all settings share and that are not the pipeline's defaults.</param>
public sealed record Sweep(
    string Name,
    string Pipeline,
    string PipelinePath,
    Values<string> Parameters,
    Values<SweepSetting> Settings,
    Values<long> Seeds,
    long? StopSteps,
    Values<(string Name, string Value)> Fixed)
{
    /// <summary>
    /// The runs in the order they are made: every setting under the first seed, then every setting under the second, so that a
    /// campaign that is stopped has looked at all of them.
    /// </summary>
    public IEnumerable<SweepTrial> Trials => from seed in Seeds from setting in Settings select new SweepTrial(setting, seed);
}

/// <summary>One setting of the parameters.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Values">A value for each parameter of the sweep, as text.</param>
public sealed record SweepSetting(int Number, Values<string> Values)
{
    /// <summary><c>setting-007</c></summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"setting-{Number:000}");
}

/// <summary>One run of a sweep.</summary>
public sealed record SweepTrial(SweepSetting Setting, long Seed)
{
    /// <summary><c>setting-007/seed-3</c>, which is also its folder.</summary>
    public string Name => $"{Setting.Name}/seed-{Seed}";
}
