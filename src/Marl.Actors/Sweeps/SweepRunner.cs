using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns.Sweeps;

namespace Marl.Actors.Sweeps;

/// <summary>
/// Runs a sweep, one run after another, each in a folder of its own. A run that fails does not end the campaign; one that was
/// stopped goes on from its checkpoint, and one that is done is not done again.
/// </summary>
public static class SweepRunner
{
    /// <summary>Checks a sweep file and makes its runs.</summary>
    /// <returns>The report, also written into the folder; a failure when nothing could begin, or results could not be written.</returns>
    public static Task<Result<SweepReport>> RunAsync(SweepRequest request)
    {
        var prepared = Load(request, request.Path).Then(sweep => SweepFolder.Create(request.Out, sweep.Name, request.Time.GetUtcNow())
            .Then(folder => folder.Keep(request.Path, sweep.PipelinePath)
                .Then(_ => SweepRecord.Of(request).Write(folder.Record))
                .Map(_ => (Sweep: sweep, Folder: folder))));
        return HoldingAsync(request, prepared);
    }

    /// <summary>Goes on with a sweep; <see cref="SweepRequest.Path"/> names its folder.</summary>
    /// <returns>As for a new one. Runs that were done are in the report too.</returns>
    public static Task<Result<SweepReport>> ResumeAsync(SweepRequest request)
    {
        if (request.Overrides != Pipelines.Binding.BindingOverrides.None || request.Seeds is not null)
        {
            return Task.FromResult(Result.Failure<SweepReport>(new Diagnostic(
                SweepRunCodes.Fixed, SourceSpan.Whole(request.Path), "A sweep goes on as it was begun: nothing else can be said of its runs.", "Leave out the steps, or begin a new sweep.")));
        }

        var folder = new SweepFolder(request.Path);
        var recorded = SweepRecord.Read(folder.Record).Map(record => record.Applied(request));
        var prepared = recorded.Then(r => Load(r, folder.Sweep)).Map(sweep => (sweep, folder));
        return HoldingAsync(request, prepared);
    }

    private static Result<Sweep> Load(SweepRequest request, string path) => request.Interpretation.Problem is { } problem
        ? Result.Failure<Sweep>(problem)
        : SweepBinder.Load(path, request.Catalog, request.Overrides).Map(sweep => request.Seeds is { } seeds ? sweep with { Seeds = seeds } : sweep);

    /// <summary>Works in a folder that no other process works in meanwhile.</summary>
    private static async Task<Result<SweepReport>> HoldingAsync(SweepRequest request, Result<(Sweep Sweep, SweepFolder Folder)> prepared)
    {
        var held = prepared.Then(p => new Folders.RunFolder(p.Folder.Path).Hold());
        if (!held.IsSuccess)
        {
            return Result.Failure<SweepReport>(held.Diagnostics);
        }

        using (held.Value)
        {
            var (sweep, folder) = prepared.Value;
            return await RunAsync(request, sweep with { PipelinePath = folder.Pipeline }, folder);
        }
    }

    private static async Task<Result<SweepReport>> RunAsync(SweepRequest request, Sweep sweep, SweepFolder folder)
    {
        var runner = new TrialRunner(request, sweep, folder);
        var trials = sweep.Trials.ToArray();
        var outcomes = trials.Select(runner.Found).ToArray();
        var written = SweepFiles.Write(folder, new(folder.Path, sweep, [.. outcomes]));
        for (var i = 0; i < trials.Length && written.IsSuccess && !request.Stop.IsCancellationRequested; i++)
        {
            if (outcomes[i].State == TrialState.Completed)
            {
                continue;
            }

            request.Began?.Invoke(sweep, trials[i], i + 1);
            outcomes[i] = await runner.RunAsync(trials[i]);
            request.Ended?.Invoke(outcomes[i]);
            written = SweepFiles.Write(folder, new(folder.Path, sweep, [.. outcomes])); // a killed campaign leaves its tables
        }

        var report = new SweepReport(folder.Path, sweep, [.. outcomes]);
        return written.Then(_ => SweepCurves.Write(folder, report)).Map(_ => report);
    }
}
