using System.CommandLine;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Cli.Supervising;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl supervise -- run FILE</c>: runs a command of marl and starts it again when it dies.</summary>
internal static class SuperviseCommand
{
    public static Command Create(Screen screen, Command root)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "A command of marl with all that belongs to it, behind --.", Arity = ArgumentArity.OneOrMore };
        var deaths = Arguments.Whole("--deaths", "Deaths without progress in between (a newer checkpoint; of a node, half a minute) before it is given up, instead of 5.", 0);
        var command = new ExampleCommand(
            "supervise",
            "Runs a command of marl and starts it again when it dies: is killed by a signal, fails by a fault of its own (exit code 70), or is a node that was given up (75). A run goes on from its newest checkpoint. Signals are handed on; the exit code is the command's.",
            "marl supervise -- run pipelines/mappo-spread.yaml --processes 3 --out runs/long",
            "marl supervise -- node --join 127.0.0.1:4053 --roles simulate")
        {
            words, deaths,
        };
        command.SetAction(async given =>
        {
            var (supervised, problem) = SupervisedCommand.Of(given.GetValue(words)!.ToValues(), root, TimeProvider.System.GetUtcNow());
            if (supervised is null)
            {
                screen.Error.Writer.WriteLine(problem);
                return ExitCodes.Usage;
            }

            using var supervisor = new Supervisor(supervised, given.GetValue(deaths) ?? 5, screen.Error.Writer.WriteLine);
            return await supervisor.RunAsync();
        });
        return command;
    }
}
