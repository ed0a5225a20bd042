using System.CommandLine;
using Marl.Actors.Bars;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl verify</c>: runs the repository's learning bars.</summary>
internal static class VerifyCommand
{
    private const string NoSuchBar = "MARL3702";

    public static Command Create(Screen screen)
    {
        var full = new Option<bool>("--full") { Description = "Runs all bars, not only those of the short tier." };
        var bars = new Option<string>("--bars") { Description = "The bars file.", HelpName = "FILE", DefaultValueFactory = _ => "pipelines/bars.yaml" };
        var only = new Option<string?>("--only") { Description = "Only the bars of that pipeline.", HelpName = "NAME" };
        var command = new ExampleCommand(
            "verify",
            "Trains what the bars file asks for and says whether each bar is reached.",
            "marl verify",
            "marl verify --full --only mappo-spread")
        {
            full, bars, only,
        };
        command.SetAction(parsed =>
        {
            var chosen = BarsReader.Read(parsed.GetValue(bars)!)
                .Then(all => Choose(all, parsed.GetValue(only), parsed.GetValue(full), parsed.GetValue(bars)!));
            screen.Report(chosen.Diagnostics);
            return chosen.IsSuccess ? RunAsync(screen, chosen.Value) : Task.FromResult(ExitCodes.Failure);
        });
        return command;
    }

    private static Result<Values<Bar>> Choose(Values<Bar> all, string? only, bool isFull, string file)
    {
        var named = all.Where(b => only is null || Name(b) == only).ToArray();
        var chosen = named.Where(b => isFull || b.Tier == Tier.Short).ToValues();
        return chosen.Count > 0 ? Result.Success(chosen) : Result.Failure<Values<Bar>>(new Diagnostic(
            NoSuchBar,
            SourceSpan.Whole(file),
            named.Length > 0 ? "These bars belong to the full tier." : only is null ? "This file holds no bar." : $"There is no bar for '{only}'.",
            named.Length > 0 ? "Add --full." : Nearest.Remedy(only ?? "", all.Select(Name), "pipelines with bars")));
    }

    private static string Name(Bar bar) => Path.GetFileNameWithoutExtension(bar.PipelinePath);

    private static async Task<int> RunAsync(Screen screen, Values<Bar> bars)
    {
        var view = IProgressView.For(screen.Out);
        using var interrupts = new Interrupts(view.Stopping);
        var report = await view.DuringAsync(() => BarRunner.RunAsync(new()
        {
            Bars = bars,
            Began = (pipeline, seed) => view.Begin($"{Path.GetFileNameWithoutExtension(pipeline)}, seed {seed}"),
            Progress = view.Report,
            Stop = interrupts.Stop,
        }));
        screen.Report(report.Diagnostics);
        if (!report.IsSuccess)
        {
            return ExitCodes.Failure;
        }

        screen.Report(report.Value.Outcomes.SelectMany(o => o.Problems).Distinct());
        var table = new TextTable(BarTable.Heads, 1, 2, 3, 5, 7, 8, 9);
        foreach (var outcome in report.Value.Outcomes)
        {
            table.Add(BarTable.Row(outcome));
        }

        table.Print(screen.Out);
        new TextTable([]).Add("results", report.Value.Folder).Print(screen.Out);
        return interrupts.ExitCode ?? (report.Value.Passed ? ExitCodes.Success : ExitCodes.Failure);
    }
}
