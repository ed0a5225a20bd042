using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Marl.Actors.Cli.Commands;
using Marl.Actors.Cli.Printing;

namespace Marl.Actors.Cli;

/// <summary>Arguments → a command, run; every way it can end → an exit code.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Should marl itself fail, print all that is known about it.",
        Recursive = true,
    };

    /// <summary>Runs the command the arguments name.</summary>
    public static async Task<int> RunAsync(string[] arguments, Screen screen)
    {
        var isVerbose = arguments.Contains(Verbose.Name);
        AppDomain.CurrentDomain.UnhandledException += (_, fault) =>
            Environment.Exit(LastResort.Report((Exception)fault.ExceptionObject, isVerbose, screen));
        try
        {
            var parsed = Root(screen).Parse(arguments);
            if (parsed.Action is ParseErrorAction complaint)
            {
                complaint.ShowHelp = false;
                await parsed.InvokeAsync(Invocation(screen));
                return ExitCodes.Usage;
            }

            return await parsed.InvokeAsync(Invocation(screen));
        }
        catch (Exception fault)
        {
            return LastResort.Report(fault, isVerbose, screen);
        }
    }

    private static InvocationConfiguration Invocation(Screen screen) => new()
    {
        Output = screen.Out.Writer,
        Error = screen.Error.Writer,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null, // Interrupts says what Ctrl-C does
    };

    private static RootCommand Root(Screen screen)
    {
        var root = new RootCommand("Multi-agent reinforcement learning: experiments as pipeline files, run as graphs of actors.")
        {
            CheckCommand.Create(screen),
            ShowCommand.Create(screen),
            TraceCommand.Create(screen),
            ExploreCommand.Create(screen),
            FormatCommand.Create(screen),
            CatalogCommand.Create(screen),
            SchemaCommand.Create(screen),
            RunCommand.Create(screen),
            NodeCommand.Create(screen),
            ClusterCommand.Create(screen),
            EvalCommand.Create(screen),
            CommunicationCommand.Create(screen),
            PlayCommand.Create(screen),
            ReplayCommand.Create(screen),
            SolveCommand.Create(screen),
            EquilibriaCommand.Create(screen),
            ExploitabilityCommand.Create(screen),
            VerifyCommand.Create(screen),
            VerifyWorldCommand.Create(screen),
        };
        root.Subcommands.Add(SuperviseCommand.Create(screen, root));
        root.Options.Add(Verbose);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction(parsed => help.Action is SynchronousCommandLineAction action ? action.Invoke(parsed) : ExitCodes.Usage);
        return root;
    }
}
