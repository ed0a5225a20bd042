using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Marl.Actors.Cli;

/// <summary>A command that shows how it is used.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>System.CommandLine's help, with examples and the exit codes below.</summary>
internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
{
    private const string ExitCodeList = """
        Exit codes:
          0    all went well
          1    a file has errors, a run failed, a bar was missed, a world deviates, or a replay differs
          2    the command line can't be understood
          70   a fault in marl itself
          75   a node that its cluster has given up: start it again, or have marl supervise do so
          130  stopped by Ctrl-C (143 by SIGTERM). The first one stops between two iterations, saves and
               writes the results; marl run --resume goes on from there. A second one ends at once.

        """;

    public override int Invoke(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var result = inner.Invoke(parsed);
        switch (parsed.CommandResult.Command)
        {
            case ExampleCommand { Examples.Count: > 0 } command:
                output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
                foreach (var example in command.Examples)
                {
                    output.WriteLine($"  {example}");
                }

                output.WriteLine();
                break;
            case RootCommand root:
                output.WriteLine("Examples:");
                foreach (var example in root.Subcommands.OfType<ExampleCommand>().Select(c => c.Examples[0]))
                {
                    output.WriteLine($"  {example}");
                }

                output.WriteLine();
                output.Write(ExitCodeList);
                break;
        }

        return result;
    }
}
