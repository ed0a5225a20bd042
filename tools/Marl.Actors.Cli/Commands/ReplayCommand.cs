using System.CommandLine;
using System.Diagnostics;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Inboxes;
using Marl.Actors.Runtime.Inboxes;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl replay</c>: a stage alone with its recorded inbox.</summary>
internal static class ReplayCommand
{
    public static Command Create(Screen screen)
    {
        var file = new Argument<string>("RUN") { Description = "The folder of a run, or one of the recordings in its folder 'inboxes'." }.WithoutOptions();
        var stage = new Option<string?>("--stage") { Description = "Which: all instances of a stage (team) or one (team/agent-0), instead of all that were recorded.", HelpName = "STAGE" };
        var target = new Option<string?>("--out") { Description = "Writes what the stage sends into this file, as marl trace does.", HelpName = "FILE" };
        var full = new Option<bool>("--full") { Description = "With --out: every message, not only the first three, every tenth (beyond 500 every hundredth) of each link." };
        var json = Arguments.Json("Prints the reports as a list in JSON.");
        var command = new ExampleCommand(
            "replay",
            "Feeds stages of a run what was recorded of their inboxes, each alone, and holds what they send against the run, to the bit.",
            "marl replay runs/recorded --stage learner",
            "marl replay runs/recorded/inboxes/learner.inbox --out learner.txt --full")
        {
            file, stage, target, full, json,
        };
        command.Validators.Add(given =>
        {
            if (given.GetValue(full) && given.GetResult(target) is null)
            {
                given.AddError("--full goes with --out.");
            }
        });
        command.SetAction(parsed =>
        {
            using var interrupts = new Interrupts(() => { });
            var replayed = Replays.Run(new()
            {
                Path = parsed.GetValue(file)!,
                Stage = parsed.GetValue(stage),
                IsTraced = parsed.GetValue(target) is not null,
                IsFull = parsed.GetValue(full),
                Progress = new Pace(screen).Report,
                Stop = interrupts.Stop,
            });
            if (!replayed.IsSuccess)
            {
                return screen.Fail(replayed.Diagnostics);
            }

            var findings = replayed.Value.SelectMany(r => r.Findings).Concat(Write(replayed.Value, parsed.GetValue(target))).ToArray();
            if (parsed.GetValue(json))
            {
                screen.Line(ReplayPrinter.Json(replayed.Value));
            }
            else
            {
                ReplayPrinter.Print(screen.Out, replayed.Value);
            }

            screen.Report(findings);
            return findings.Any(f => f.Severity == Severity.Error) ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Says how far a long replay is, now and then.</summary>
    private sealed class Pace(Screen screen)
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

        private long said = Stopwatch.GetTimestamp();

        public void Report(string path, double share)
        {
            if (Stopwatch.GetElapsedTime(said) >= Every)
            {
                said = Stopwatch.GetTimestamp();
                screen.Error.Writer.WriteLine(FormattableString.Invariant($"{path}, {share:P0}"));
            }
        }
    }

    private static Values<Diagnostic> Write(Values<ReplayReport> reports, string? path) =>
        path is not null && reports[0].Trace is { } trace ? WholeFile.Write(path, TraceText.Write(trace)).Diagnostics : [];
}
