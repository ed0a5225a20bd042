using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Experiments;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl explore</c>: many schedules and the faults they draw, each held against a run without faults.</summary>
internal static class ExploreCommand
{
    private const int MostJobs = 1024;

    public static Command Create(Screen screen)
    {
        var file = Arguments.File();
        var seeds = Arguments.Whole("--seeds", "How many schedules (1000).", 1);
        var from = Arguments.Whole("--from", "Seed of the first schedule and its faults (1).", 0);
        var plan = new Option<string?>("--faults") { Description = "What goes wrong with messages and stages: a fault plan.", HelpName = "FILE" };
        var steps = Arguments.Whole("--steps", "Environment steps over all copies, in place of the pipeline's stop.", 1);
        var messages = Arguments.Whole("--messages", "Without --steps, a schedule ends after the first iteration by which training has sent so many messages (2000).", 1);
        var jobs = Arguments.Whole("--jobs", "How many schedules at a time, instead of one a core.", 1);
        var interpreter = new Option<string>("--interpreter")
        {
            Description = "simulated (default). local: the actors, on one thread and without faults.",
            HelpName = "simulated|local",
            DefaultValueFactory = _ => "simulated",
        };
        interpreter.AcceptOnlyFromAmong("simulated", "local");
        var seed = Arguments.Seed("Seed of all randomness of the experiment, in place of the pipeline's.");
        var set = Arguments.Set();
        var command = new ExampleCommand(
            "explore",
            "Runs a pipeline under many schedules and faults; every edge and all weights must stay the same, to the bit.",
            "marl explore pipelines/ippo-two-step.yaml --faults pipelines/faults/rough.yaml",
            "marl explore pipelines/mappo-spread.yaml --seeds 20 --interpreter local")
        {
            file, seeds, from, plan, steps, messages, jobs, interpreter, seed, set,
        };
        command.SetAction(parsed =>
        {
            var faults = parsed.GetValue(plan) is { } read ? FaultPlanReader.Read(read) : Result.Success(FaultPlan.None);
            using var interrupts = new Interrupts(() => { });
            var count = parsed.GetValue(seeds) ?? 1000;
            var progress = new ExploreProgress(screen.Error, count, TimeProvider.System);
            var explored = faults.Then(known => Explorer.Run(new()
            {
                Path = parsed.GetValue(file)!,
                Overrides = new() { Parameters = parsed.GetValue(set)!.ToValues(), Seed = parsed.GetValue(seed), StopSteps = parsed.GetValue(steps) },
                Messages = parsed.GetValue(messages) ?? 2_000,
                Interpreter = Enum.Parse<Interpreter>(parsed.GetValue(interpreter)!, ignoreCase: true),
                Faults = known,
                From = parsed.GetValue(from) ?? 1,
                Seeds = count,
                Jobs = parsed.GetValue(jobs) is { } asked ? (int)Math.Min(asked, MostJobs) : null,
                Reproduce = failing => Repeat(failing),
                Progress = progress.Report,
                Stop = interrupts.Stop,
            }));
            progress.Clear();
            if (!explored.IsSuccess)
            {
                return screen.Fail(explored.Diagnostics);
            }

            screen.Report(explored.Value.Violations);
            Print(explored.Value, progress.Seconds, screen);
            return explored.Value.Violations.Count > 0 ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;

            string Repeat(long failing) => string.Concat(
                $"marl explore {Quote(parsed.GetValue(file)!)} --from {failing} --seeds 1 --interpreter {parsed.GetValue(interpreter)}",
                parsed.GetValue(plan) is { } path ? $" --faults {Quote(path)}" : "",
                parsed.GetValue(steps) is { } stop ? $" --steps {stop}" : parsed.GetValue(messages) is { } sent ? $" --messages {sent}" : "",
                parsed.GetValue(seed) is { } root ? $" --seed {root}" : "",
                string.Concat(parsed.GetValue(set)!.Select(a => $" --set {Quote($"{a.Name}={a.Value}")}")));
        });
        return command;
    }

    private static string Quote(string word) => word.Contains(' ') ? $"\"{word}\"" : word;

    private static void Print(ExploreReport report, double seconds, Screen screen)
    {
        if (report.Seeds == 0)
        {
            screen.Line("stopped before the first seed was done");
            return;
        }

        screen.Line(FormattableString.Invariant(
            $"{report.Seeds} seeds, {report.Messages} messages (at least {report.FewestMessages} a seed), {report.Faults} faults ({report.Crashes} crashes), {report.Violations.Count} violations, {seconds:0.0} s"));
        screen.Line(report.Tokens.ToString());
    }
}
