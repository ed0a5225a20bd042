using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Files;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl solve</c>: the equilibrium of a small game, exactly.</summary>
internal static class SolveCommand
{
    private const long Iterations = 1000;

    public static Command Create(Screen screen)
    {
        var game = new Argument<string>("GAME") { Description = $"A world whose rules can be written out, or the beginning of its name: {string.Join(", ", GameSolving.Methods.Keys)}." }.WithoutOptions();
        var method = new Option<string?>("--method")
        {
            Description = $"One of {string.Join(", ", GameSolving.Methods.Values.SelectMany(m => m).Distinct())}. The first the game knows, in this order, unless given.",
            HelpName = "NAME",
        };
        var iterations = Arguments.Whole("--iterations", $"How long. {Iterations} unless given.", 1);
        var output = new Option<string?>("--out") { Description = "Writes the series as a table with all digits (CSV) to this file.", HelpName = "FILE" };
        var command = new ExampleCommand(
            "solve",
            "Solves a small game and prints, as it goes, the value to player 0 and the exploitability (half of what best responses to both players gain: 0 at an equilibrium), and the policy found.",
            "marl solve kuhn --method cfr+ --iterations 1000",
            "marl solve leduc-poker --method cfr --out leduc.csv",
            "marl solve rock-paper-scissors --method fictitious-play")
        {
            game, method, iterations, output,
        };
        command.SetAction(parsed =>
        {
            var solved = GameSolving.Solve(parsed.GetValue(game)!, parsed.GetValue(method), parsed.GetValue(iterations) ?? Iterations);
            screen.Report(solved.Diagnostics);
            if (!solved.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            SolutionPrinter.Print(screen.Out, solved.Value);
            if (parsed.GetValue(output) is not { } file)
            {
                return ExitCodes.Success;
            }

            var written = WholeFile.Write(file, SolutionPrinter.Csv(solved.Value));
            screen.Report(written.Diagnostics);
            return written.IsSuccess ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
