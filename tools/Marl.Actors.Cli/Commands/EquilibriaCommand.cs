using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Environments.Games;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl equilibria</c>: what agents that learn a matrix game may come to.</summary>
internal static class EquilibriaCommand
{
    public static Command Create(Screen screen)
    {
        var game = new Argument<string>("GAME") { Description = $"The name of a matrix game's world: {string.Join(", ", MatrixEquilibria.Games)}." }.WithoutOptions();
        var command = new ExampleCommand(
            "equilibria",
            "Lists the equilibria of a matrix game, of opposed interests or not, in which both agents mix equally many actions: how likely each takes each action, and what they receive. In a degenerate game there may be others between them.",
            "marl equilibria stag-hunt")
        {
            game,
        };
        command.SetAction(parsed =>
        {
            var found = MatrixEquilibria.Of(parsed.GetValue(game)!);
            screen.Report(found.Diagnostics);
            if (!found.IsSuccess)
            {
                return ExitCodes.Failure;
            }

            EquilibriaPrinter.Print(screen.Out, found.Value);
            return ExitCodes.Success;
        });
        return command;
    }
}
