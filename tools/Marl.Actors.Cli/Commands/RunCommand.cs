using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Binding;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl run</c>: runs an experiment, once or under several seeds, or goes on with one.</summary>
internal static class RunCommand
{
    public static Command Create(Screen screen)
    {
        var file = new Argument<string?>("FILE") { Description = "A pipeline file.", Arity = ArgumentArity.ZeroOrOne }.WithoutOptions();
        var set = Arguments.Set();
        var seed = Arguments.Seed("The root of all random numbers, in place of the pipeline's.");
        var seeds = Arguments.Seeds();
        var steps = Arguments.Whole("--steps", "Environment steps over all copies, in place of the pipeline's stop.", 1);
        var folder = new Option<string?>("--out") { Description = "The results' folder, instead of runs/<pipeline>-<time>.", HelpName = "DIR" };
        var json = Arguments.Json("Prints only the summary (summary.json) to standard output; with --seeds a list of them.");
        var resume = new Option<string?>("--resume")
        {
            Description = "Goes on with the run in that folder from its newest checkpoint; only --steps may be changed.",
            HelpName = "RUN_DIR",
        };
        var command = new ExampleCommand(
            "run",
            "Runs an experiment: trains, evaluates, and writes the results into a folder.",
            "marl run pipelines/mappo-spread.yaml",
            "marl run pipelines/mappo-spread.yaml --seeds 1..5 --set clip=0.1 --steps 2_000_000 --out runs/clip",
            "marl run --resume runs/mappo-spread-20260101-120000 --steps 10_000_000")
        {
            file, set, seed, seeds, steps, folder, json, resume,
        };
        command.Validators.Add(result =>
        {
            var isResumed = result.GetResult(resume) is not null;
            var problem = isResumed && new SymbolResult?[] { result.GetResult(file), result.GetResult(set), result.GetResult(seed), result.GetResult(seeds), result.GetResult(folder) }.FirstOrDefault(s => s is { Tokens.Count: > 0 }) is { } also
                ? $"--resume goes on with a run as it was: '{NameOf(also)}' can't be given with it."
                : !isResumed && result.GetResult(file) is not { Tokens.Count: > 0 } ? "Name a pipeline file, or a run to --resume."
                : result.GetResult(seed) is not null && result.GetResult(seeds) is not null ? "Give either --seed or --seeds."
                : null;
            if (problem is not null)
            {
                result.AddError(problem);
            }
        });
        command.SetAction(async parsed =>
        {
            var session = new RunSession(screen, parsed.GetValue(json));
            var request = new ExperimentRequest
            {
                Path = parsed.GetValue(resume) ?? parsed.GetValue(file)!,
                Overrides = new BindingOverrides
                {
                    Parameters = parsed.GetValue(set)!.ToValues(),
                    Seed = parsed.GetValue(seed),
                    StopSteps = parsed.GetValue(steps),
                },
                Out = parsed.GetValue(folder),
            };
            return parsed.GetValue(resume) is not null ? await session.ResumeAsync(request)
                : parsed.GetValue(seeds) is { } several ? await session.SeedsAsync(request, several)
                : await session.OnceAsync(request);
        });
        return command;
    }

    private static string NameOf(SymbolResult result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => "",
    };
}
