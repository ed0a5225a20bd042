using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Folders;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Sweeps;

/// <summary>Makes the runs of a sweep: begins, goes on, or finds that there is nothing to do.</summary>
internal sealed class TrialRunner(SweepRequest request, Sweep sweep, SweepFolder folder)
{
    /// <summary>What an earlier process has left of a run.</summary>
    public TrialOutcome Found(SweepTrial trial)
    {
        var run = folder.Trial(trial);
        var summary = File.Exists(run.Summary) ? SummaryFile.Read(run.Summary).Match<RunSummary?>(s => s, _ => null) : null;
        return summary is not null ? Outcome(trial, run, summary.StoppedBy == StopReason.Steps ? TrialState.Completed : TrialState.Stopped, summary)
            : new(trial, run.Path, File.Exists(run.Record) ? TrialState.Stopped : TrialState.Waiting);
    }

    /// <summary>Makes a run, from its newest checkpoint if it has one.</summary>
    public async Task<TrialOutcome> RunAsync(SweepTrial trial)
    {
        var run = folder.Trial(trial);
        var result = HasCheckpoint(run) ? await Experiment.ResumeAsync(Request(run, run.Path)) : null;
        if (result is null || IsPastItsEnd(result))
        {
            // Without a checkpoint, or with its results lost after the last, it begins anew.
            if (File.Exists(run.Record))
            {
                run.Discard();
            }

            result = await Experiment.RunAsync(Request(run, sweep.PipelinePath) with
            {
                Overrides = new()
                {
                    Parameters = [.. sweep.Fixed, .. sweep.Parameters.Zip(trial.Setting.Values)],
                    Seed = trial.Seed,
                    StopSteps = sweep.StopSteps,
                },
            });
        }

        return result.Match(
            done => Outcome(trial, run, done.Ending == RunEnding.Completed ? TrialState.Completed : TrialState.Stopped, done.Summary),
            problems => new(trial, run.Path, TrialState.Failed, Problems: problems));
    }

    private ExperimentRequest Request(RunFolder run, string path) => new()
    {
        Path = path,
        Catalog = request.Catalog,
        Interpretation = request.Interpretation,
        Out = run.Path,
        Progress = request.Progress,
        Stop = request.Stop,
        Time = request.Time,
    };

    private static TrialOutcome Outcome(SweepTrial trial, RunFolder run, TrialState state, RunSummary summary)
    {
        var rows = summary.Evaluation is null ? [] : EvaluationTable.Read(run.EvaluationTable).Match(rows => rows, _ => []);
        return new(trial, run.Path, state, summary, rows.Count > 0 ? rows[^1].EnvironmentSteps : null);
    }

    private static bool HasCheckpoint(RunFolder run) =>
        File.Exists(run.Record) && Directory.Exists(run.Checkpoints) && Directory.EnumerateFiles(run.Checkpoints, "*.checkpoint").Any();

    private static bool IsPastItsEnd(Result<ExperimentResult> result) => result.Diagnostics.Any(d => d.Code == FolderCodes.NothingLeft);
}
