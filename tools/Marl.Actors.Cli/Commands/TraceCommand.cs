using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Tracing;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl trace</c>: what flows along the edges of a pipeline, and where two traces differ.</summary>
internal static class TraceCommand
{
    private const string Text = "text";
    private const string Mermaid = "mermaid";
    private const string Local = "local";
    private const string Simulated = "simulated";

    public static Command Create(Screen screen)
    {
        var file = Arguments.File();
        file.Arity = ArgumentArity.ZeroOrOne; // "diff" needs none; the command itself says when it lacks one
        var steps = Arguments.Whole("--steps", "Environment steps over all copies, in whole iterations, instead of two iterations.", 1);
        var seed = Arguments.Seed("Seed of all randomness, in place of the pipeline's.");
        var set = Arguments.Set();
        var interpreter = new Option<string>("--interpreter")
        {
            Description = "simulated: one thread, no actors (default). local: actors. The trace of a determinate pipeline is the same.",
            DefaultValueFactory = _ => Simulated,
        };
        interpreter.AcceptOnlyFromAmong(Local, Simulated);
        var schedule = Arguments.Whole("--schedule", "Seed of the order in which one thread runs everything.", 0);
        var target = new Option<string?>("--out") { Description = "Writes the trace into this file.", HelpName = "FILE" };
        var full = new Option<bool>("--full") { Description = "Every message, not only the first three, every tenth (beyond 500 every hundredth) of each link." };
        var form = new Option<string>("--as")
        {
            Description = $"text: the document. mermaid: a sequence diagram of the first {TraceDiagram.Window} messages.",
            DefaultValueFactory = _ => Text,
        };
        form.AcceptOnlyFromAmong(Text, Mermaid);
        var command = new ExampleCommand(
            "trace",
            "Runs a pipeline briefly and prints what flowed along each edge, with exact digests.",
            "marl trace pipelines/mappo-spread.yaml --steps 6_400 --seed 1 --out before.txt",
            "marl trace pipelines/mappo-spread.yaml --as mermaid",
            "marl trace diff before.txt after.txt")
        {
            file, steps, seed, set, interpreter, schedule, target, full, form,
        };
        var cluster = new ClusterOptions();
        cluster.AddTo(command);
        command.Subcommands.Add(TraceDiffCommand.Create(screen));
        command.Validators.Add(given =>
        {
            if (given.GetResult(file) is not { Tokens.Count: > 0 })
            {
                given.AddError("Name a pipeline file.");
            }
        });
        command.SetAction(async parsed =>
        {
            var isDiagram = parsed.GetValue(form) == Mermaid;
            using var interrupts = new Interrupts(() => { });
            var taken = await Traces.TakeAsync(new()
            {
                Path = parsed.GetValue(file)!,
                Overrides = new() { Parameters = parsed.GetValue(set)!.ToValues(), Seed = parsed.GetValue(seed) },
                Steps = parsed.GetValue(steps),
                Interpretation = cluster.Of(
                    parsed, new(parsed.GetValue(interpreter) == Local ? Interpreter.Local : Interpreter.Simulated, parsed.GetValue(schedule)), screen),
                IsFull = isDiagram || parsed.GetValue(full),
                Stop = interrupts.Stop,
            });
            var written = taken
                .Map(trace => isDiagram ? TraceDiagram.Mermaid(trace) : TraceText.Write(trace))
                .Then(text => Put(text, parsed.GetValue(target), screen));
            screen.Report(written.Diagnostics);
            return !written.IsSuccess ? ExitCodes.Failure : interrupts.ExitCode ?? ExitCodes.Success;
        });
        return command;
    }

    private static Result<long> Put(string text, string? path, Screen screen)
    {
        if (path is not null)
        {
            return WholeFile.Write(path, text);
        }

        screen.Out.Writer.Write(text);
        return Result.Success((long)text.Length);
    }
}
