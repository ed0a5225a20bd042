using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Sweeps;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl run</c>: runs an experiment, once or under several seeds, or goes on with one.</summary>
internal sealed class RunCommand
{
    private readonly Argument<string?> file =
        new Argument<string?>("FILE") { Description = "A pipeline file, or a sweep file.", Arity = ArgumentArity.ZeroOrOne }.WithoutOptions();

    private readonly Option<(string, string)[]> set = Arguments.Set();
    private readonly Option<long?> seed = Arguments.Seed("The root of all random numbers, in place of the file's.");
    private readonly Option<Values<long>?> seeds = Arguments.Seeds();
    private readonly Option<long?> steps = Arguments.Whole("--steps", "Environment steps over all copies, in place of the pipeline's stop.", 1);
    private readonly Option<string?> folder = new("--out") { Description = "The results' folder, instead of runs/<pipeline>-<time>.", HelpName = "DIR" };
    private readonly InterpretationOptions interpretation = new();
    private readonly ClusterOptions cluster = new();
    private readonly Option<string[]> record = new("--record")
    {
        Description = "Records what this stage takes and sends, for marl replay: all its instances (team) or one (team/agent-0). May be repeated.",
        HelpName = "STAGE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> profile = new("--profile") { Description = "Measures where the time goes, stage by stage and edge by edge: printed at the end, and profile.csv in the results." };

    private readonly Option<bool> json = Arguments.Json("Prints only the summary (summary.json) to standard output; with --seeds a list of them, of a sweep its settings.");

    private readonly Option<string?> resume = new("--resume")
    {
        Description = "Goes on with the run in that folder from its newest checkpoint; only --steps, --record and the interpreter may be changed. Of a sweep, with all runs that are left.",
        HelpName = "RUN_DIR",
    };

    private RunCommand()
    {
    }

    public static Command Create(Screen screen)
    {
        var words = new RunCommand();
        var command = new ExampleCommand(
            "run",
            "Runs an experiment, or all experiments of a sweep: trains, evaluates, and writes the results into a folder.",
            "marl run pipelines/mappo-spread.yaml",
            "marl run pipelines/mappo-spread.yaml --seeds 1..5 --set learningRate=1e-3 --steps 2_000_000 --out runs/slow",
            "marl run pipelines/mappo-spread.yaml --interpreter simulated --schedule 7",
            "marl run pipelines/mappo-spread.yaml --processes 3",
            "marl run pipelines/mappo-spread.yaml --steps 64_000 --record learner --out runs/recorded",
            "marl run pipelines/mappo-spread.yaml --steps 500_000 --profile",
            "marl run pipelines/sweeps/penalty.yaml",
            "marl run --resume runs/mappo-spread-20260101-120000 --steps 10_000_000")
        {
            words.file, words.set, words.seed, words.seeds, words.steps, words.folder, words.record, words.profile, words.json, words.resume,
        };
        words.interpretation.AddTo(command);
        words.cluster.AddTo(command);
        command.Validators.Add(words.Validate);
        command.SetAction(parsed => words.RunAsync(parsed, screen));
        return command;
    }

    /// <summary>What can't stand together, and what can't be missing.</summary>
    private void Validate(CommandResult given)
    {
        var isResumed = given.GetResult(resume) is not null;
        SymbolResult?[] fixedByRun = [given.GetResult(file), given.GetResult(set), given.GetResult(seed), given.GetResult(seeds), given.GetResult(folder)];
        var spare = isResumed ? fixedByRun.FirstOrDefault(result => result is { Tokens.Count: > 0 }) : null;
        var problem = spare is not null ? $"--resume goes on with a run as it was: '{Name(spare)}' can't be given with it."
            : !isResumed && given.GetResult(file) is not { Tokens.Count: > 0 } ? "Name a pipeline file or a sweep file, or a run to --resume."
            : given.GetResult(seed) is not null && given.GetResult(seeds) is not null ? "Give either --seed or --seeds."
            : null;
        if (problem is not null)
        {
            given.AddError(problem);
        }
    }

    private static string Name(SymbolResult result) => result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;

    private Task<int> RunAsync(ParseResult given, Screen screen)
    {
        var session = new RunSession(screen, given.GetValue(json));
        var request = new ExperimentRequest
        {
            Path = given.GetValue(resume) ?? given.GetValue(file)!,
            Overrides = new()
            {
                Parameters = given.GetValue(set)!.ToValues(),
                Seed = given.GetValue(seed),
                StopSteps = given.GetValue(steps),
            },
            Interpretation = cluster.Of(given, interpretation.Of(given), screen),
            Recorded = given.GetValue(record)!.ToValues(),
            IsProfiled = given.GetValue(profile),
            Out = given.GetValue(folder),
        };
        var sweeps = new SweepSession(screen, given.GetValue(json));
        return given.GetValue(resume) is { } begun ? SweepFolder.IsOne(begun) ? sweeps.ResumeAsync(request) : session.ResumeAsync(request)
            : FileCheck.KindOf(request.Path) == FileKind.Sweep ? sweeps.RunAsync(request, given.GetValue(seeds))
            : given.GetValue(seeds) is { } several ? session.SeedsAsync(request, several)
            : session.OnceAsync(request);
    }
}
