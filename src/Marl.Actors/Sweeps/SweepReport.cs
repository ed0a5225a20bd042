using Marl.Actors.Analysis.Statistics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Campaigns.Sweeps;

namespace Marl.Actors.Sweeps;

/// <summary>What became of a run of a sweep.</summary>
public enum TrialState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>It was stopped, and goes on from its checkpoint when the sweep is resumed.</summary>
    Stopped,

    /// <summary>It reached its end.</summary>
    Completed,

    /// <summary>It failed; a resume tries it again.</summary>
    Failed,
}

/// <summary>A run of a sweep and what it came to.</summary>
/// <param name="Trial">The run.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="State">How far it came.</param>
/// <param name="Summary">What it came to; null when it did not.</param>
/// <param name="EvaluatedAt">Environment steps its last evaluation was after; null without one.</param>
/// <param name="Problems">Why it failed; empty otherwise.</param>
public sealed record TrialOutcome(
    SweepTrial Trial, string Folder, TrialState State, RunSummary? Summary = null, long? EvaluatedAt = null, Values<Diagnostic> Problems = default)
{
    /// <summary>The mean return of the last evaluation of a run that reached its end; null for others.</summary>
    public double? Score => State == TrialState.Completed ? Summary?.Evaluation?.Mean : null;
}

/// <summary>A setting and what its runs came to.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Returns">The scores of its completed runs: mean and interval are over seeds.</param>
/// <param name="Seeds">Runs it shall have.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Minutes">What its runs took together.</param>
public sealed record SettingScore(SweepSetting Setting, Sample Returns, int Seeds, int Failed, double Minutes);

/// <summary>The runs of a sweep, as far as they are done.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Sweep">The sweep.</param>
/// <param name="Outcomes">Of every run, in the order they are made.</param>
public sealed record SweepReport(string Folder, Sweep Sweep, Values<TrialOutcome> Outcomes)
{
    /// <summary>True when every run reached its end.</summary>
    public bool IsComplete => Outcomes.All(o => o.State == TrialState.Completed);

    /// <summary>What a score means; null when nothing was evaluated.</summary>
    public ReturnConvention? Convention => Outcomes.Select(o => o.Summary?.Evaluation?.Convention).FirstOrDefault(c => c is not null);

    /// <summary>Why runs failed, each with the run's folder.</summary>
    public IEnumerable<Diagnostic> Problems =>
        from outcome in Outcomes
        from problem in outcome.Problems
        select problem with { Related = [.. problem.Related, new("In", SourceSpan.Whole(outcome.Folder))] };

    /// <summary>The settings, the best first; those without a score last.</summary>
    public IReadOnlyList<SettingScore> Scores =>
    [
        .. Outcomes.GroupBy(o => o.Trial.Setting)
            .Select(runs => new SettingScore(
                runs.Key,
                Sample.Of(runs.Select(r => r.Score).OfType<double>()),
                runs.Count(),
                runs.Count(r => r.State == TrialState.Failed),
                runs.Sum(r => r.Summary?.WallSeconds ?? 0) / 60))
            .OrderByDescending(s => s.Returns.Count > 0)
            .ThenByDescending(s => s.Returns.Mean)
            .ThenBy(s => s.Setting.Number),
    ];
}
