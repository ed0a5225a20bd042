using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Campaigns.Sweeps;
using Marl.Actors.Sweeps;

namespace Marl.Actors.Cli.Commands;

/// <summary>Runs sweeps in front of somebody: progress of the present run meanwhile, a table of settings at the end, Ctrl-C in between.</summary>
/// <param name="screen">Where to print.</param>
/// <param name="isJson">Standard output gets the settings as JSON alone.</param>
internal sealed class SweepSession(Screen screen, bool isJson)
{
    private const string NotRecorded = "MARL1545";

    private readonly Outlet target = isJson ? screen.Error : screen.Out;

    /// <summary>All runs of a sweep file.</summary>
    /// <param name="request">What the command line says, as for one run.</param>
    /// <param name="seeds">Seeds in place of the file's; null for those.</param>
    public Task<int> RunAsync(ExperimentRequest request, Values<long>? seeds) => RunAsync(request, seeds, SweepRunner.RunAsync);

    /// <summary>The runs that a sweep in a folder has left.</summary>
    public Task<int> ResumeAsync(ExperimentRequest request) => RunAsync(request, null, SweepRunner.ResumeAsync);

    private async Task<int> RunAsync(ExperimentRequest request, Values<long>? seeds, Func<SweepRequest, Task<Result<SweepReport>>> run)
    {
        if (request.Recorded.Count > 0)
        {
            return screen.Fail([new(NotRecorded, SourceSpan.Whole(request.Path), "The runs of a sweep are not recorded.", "Record one of them: marl run --resume with its folder and --record.")]);
        }

        var view = IProgressView.For(target);
        using var interrupts = new Interrupts(view.Stopping);
        var result = await view.DuringAsync(() => run(new()
        {
            Path = request.Path,
            Overrides = request.Overrides with { Seed = null },
            Seeds = seeds ?? (request.Overrides.Seed is { } seed ? [seed] : null),
            Interpretation = request.Interpretation,
            Out = request.Out,
            Began = (sweep, trial, number) => view.Begin(Title(sweep, trial, number)),
            Progress = view.Report,
            Stop = interrupts.Stop,
        }));
        screen.Report(result.Diagnostics);
        if (!result.IsSuccess)
        {
            return ExitCodes.Failure;
        }

        screen.Report(result.Value.Problems);
        SweepPrinter.Print(target, result.Value);
        if (isJson)
        {
            screen.Line(SweepPrinter.Json(result.Value));
        }

        return result.Value.Outcomes.Any(o => o.State == TrialState.Failed) ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;
    }

    private static string Title(Sweep sweep, SweepTrial trial, int number) =>
        $"{sweep.Name}, run {number} of {sweep.Settings.Count * sweep.Seeds.Count}, {SweepTable.Words(sweep, trial.Setting)}, seed {trial.Seed}";
}
