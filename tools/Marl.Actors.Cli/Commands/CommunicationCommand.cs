using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Languages;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl communication</c>: what the agents of a run say to each other, and whether anybody listens.</summary>
internal static class CommunicationCommand
{
    private const long Shuffles = 1_000;
    private const long MostShuffles = 1_000_000;

    public static Command Create(Screen screen)
    {
        var evaluation = new EvaluationArguments("actions and words");
        var shuffles = Arguments.Whole("--shuffles", $"Dealings of each permutation test. {Shuffles} unless given.", 1, MostShuffles);
        var command = new ExampleCommand(
            "communication",
            "Measures what the agents of a run say to each other: whether messages depend on what speakers see and do, whether listeners heed them (found by making them hear others), and what the channel is worth. Writes tables and a picture into the run's folder.",
            "marl communication runs/rial-lewis-20260101-120000 --episodes 1000")
        {
            shuffles,
        };
        evaluation.AddTo(command);
        command.SetAction(async parsed =>
        {
            var found = await LanguageStudy.RunAsync(evaluation.Request(parsed), (int)(parsed.GetValue(shuffles) ?? Shuffles));
            screen.Report(found.Diagnostics);
            if (!found.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            LanguagePrinter.Print(screen.Out, found.Value);
            return ExitCodes.Success;
        });
        return command;
    }
}
