using System.CommandLine;
using System.Diagnostics;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl explore</c>: many schedules and the faults they draw, each held against a run without faults.</summary>
internal static class ExploreCommand
{
    private const long ReportedEvery = 100;

    public static Command Create(Screen screen)
    {
        var file = Arguments.File();
        var seeds = Arguments.Whole("--seeds", "How many schedules (1000).", 1);
        var from = Arguments.Whole("--from", "Seed of the first schedule and its faults (1).", 0);
        var plan = new Option<string?>("--faults") { Description = "What the network does to messages: a list of faults.", HelpName = "FILE" };
        var steps = Arguments.Whole("--steps", "Environment steps over all copies, in place of the pipeline's stop.", 1);
        var seed = Arguments.Seed("Seed of all randomness of the experiment, in place of the pipeline's.");
        var set = Arguments.Set();
        var command = new ExampleCommand(
            "explore",
            "Simulates a pipeline under many schedules and faults; every edge and all weights must stay the same, to the bit.",
            "marl explore pipelines/mappo-spread.yaml --steps 6_400 --seeds 20",
            "marl explore pipelines/ippo-climbing.yaml --steps 1_600 --seeds 1000 --faults plan.yaml")
        {
            file, seeds, from, plan, steps, seed, set,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var faults = parsed.GetValue(plan);
            var assignments = parsed.GetValue(set)!;
            var same = string.Concat(
                faults is null ? "" : $" --faults {faults}",
                parsed.GetValue(steps) is { } count ? $" --steps {count}" : "",
                parsed.GetValue(seed) is { } root ? $" --seed {root}" : "",
                string.Concat(assignments.Select(a => $" --set {a.Name}={a.Value}")));
            using var interrupts = new Interrupts(() => { });
            var watch = Stopwatch.StartNew();
            var explored = (faults is null ? Result.Success(FaultPlan.None) : FaultPlanReader.Read(faults)).Then(read => Explorer.Run(new()
            {
                Path = path,
                Overrides = new() { Parameters = assignments.ToValues(), Seed = parsed.GetValue(seed), StopSteps = parsed.GetValue(steps) },
                Faults = read,
                From = parsed.GetValue(from) ?? 1,
                Seeds = parsed.GetValue(seeds) ?? 1000,
                Reproduce = failing => $"marl explore {path} --from {failing} --seeds 1{same}",
                Progress = report => Report(report, watch.Elapsed, screen),
                Stop = interrupts.Stop,
            }));
            if (!explored.IsSuccess)
            {
                return screen.Fail(explored.Diagnostics);
            }

            screen.Report(explored.Value.Violations);
            screen.Line(Line(explored.Value, watch.Elapsed));
            return explored.Value.Violations.Count > 0 ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;
        });
        return command;
    }

    private static void Report(ExploreReport report, TimeSpan elapsed, Screen screen)
    {
        if (report.Seeds % ReportedEvery == 0)
        {
            screen.Error.Writer.WriteLine(Line(report, elapsed));
        }
    }

    private static string Line(ExploreReport report, TimeSpan elapsed) => report.Seeds == 0 ? "stopped before the first seed was done" : FormattableString.Invariant(
        $"{report.Seeds} seeds, {report.Messages} messages (at least {report.FewestMessages} a seed), {report.Faults} faults, {report.Violations.Count} violations, {elapsed.TotalSeconds:0.0} s");
}
