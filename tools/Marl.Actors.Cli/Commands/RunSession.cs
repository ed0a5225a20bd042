using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;

namespace Marl.Actors.Cli.Commands;

/// <summary>Runs experiments in front of somebody: progress meanwhile, results at the end, Ctrl-C in between.</summary>
/// <param name="screen">Where to print.</param>
/// <param name="isJson">Standard output gets the summaries alone.</param>
internal sealed class RunSession(Screen screen, bool isJson)
{
    private readonly Outlet target = isJson ? screen.Error : screen.Out;

    /// <summary>One run.</summary>
    public Task<int> OnceAsync(ExperimentRequest request) => OneAsync(request, Path.GetFileNameWithoutExtension(request.Path), Experiment.RunAsync);

    /// <summary>The rest of a run.</summary>
    public Task<int> ResumeAsync(ExperimentRequest request) =>
        OneAsync(request, Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Path)), Experiment.ResumeAsync);

    /// <summary>A run a seed.</summary>
    public async Task<int> SeedsAsync(ExperimentRequest request, Values<long> seeds)
    {
        var view = IProgressView.For(target);
        var name = Path.GetFileNameWithoutExtension(request.Path);
        using var interrupts = new Interrupts(view.Stopping);
        var result = await view.DuringAsync(() => SeedSeries.RunAsync(
            request with { Progress = view.Report, Stop = interrupts.Stop },
            seeds,
            seed => view.Begin($"{name}, seed {seed} ({seeds.ToList().IndexOf(seed) + 1} of {seeds.Count})")));
        screen.Report(result.Diagnostics);
        if (!result.IsSuccess)
        {
            return ExitCodes.Failure;
        }

        screen.Report(result.Value.Problems);
        ResultPrinter.Print(target, result.Value);
        if (isJson)
        {
            var summaries = result.Value.Runs.Select(r => SummaryFile.Text(r.Summary).TrimEnd('\n'));
            screen.Line($"[\n{string.Join(",\n", summaries)}\n]");
        }

        return result.Value.Problems.Count > 0 ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;
    }

    private async Task<int> OneAsync(ExperimentRequest request, string name, Func<ExperimentRequest, Task<Result<ExperimentResult>>> run)
    {
        var view = IProgressView.For(target);
        view.Begin(name);
        using var interrupts = new Interrupts(view.Stopping);
        var result = await view.DuringAsync(() => run(request with { Progress = view.Report, Stop = interrupts.Stop }));
        screen.Report(result.Diagnostics);
        if (!result.IsSuccess)
        {
            return ExitCodes.Failure;
        }

        ResultPrinter.Print(target, result.Value);
        if (result.Value.Profile is { } profile)
        {
            ProfilePrinter.Print(target, profile);
        }

        if (isJson)
        {
            screen.Out.Writer.Write(SummaryFile.Text(result.Value.Summary));
        }

        return interrupts.ExitCode ?? ExitCodes.Success;
    }
}
