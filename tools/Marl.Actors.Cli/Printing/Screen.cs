using System.Text;
using Marl.Actors.Core.Results;
using Spectre.Console;

namespace Marl.Actors.Cli.Printing;

/// <summary>Standard output or standard error: a terminal, or a file or pipe that gets plain lines.</summary>
/// <param name="Writer">Text as it is.</param>
/// <param name="IsTerminal">Somebody looks at it, and it can be redrawn.</param>
internal sealed record Outlet(TextWriter Writer, bool IsTerminal)
{
    private readonly Lazy<IAnsiConsole> console = new(() => AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(Writer),
        Ansi = AnsiSupport.Detect,
        ColorSystem = ColorSystemSupport.Detect,
    }));

    /// <summary>Colours, tables and redrawing; only for terminals.</summary>
    public IAnsiConsole Console => console.Value;
}

/// <summary>Where a command prints.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Diagnostics, and progress where results are for programs.</param>
internal sealed record Screen(Outlet Out, Outlet Error)
{
    private readonly DiagnosticPrinter diagnostics = new(Error);

    /// <summary>The process's own streams.</summary>
    public static Screen OfProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        var canRedraw = Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new(
            new(Console.Out, canRedraw && !Console.IsOutputRedirected),
            new(Console.Error, canRedraw && !Console.IsErrorRedirected));
    }

    /// <summary>Prints diagnostics to standard error, one a line.</summary>
    public void Report(params IEnumerable<Diagnostic> found) => diagnostics.Print(found);

    /// <summary>The exit code of diagnostics that have been printed.</summary>
    public int Fail(IEnumerable<Diagnostic> found)
    {
        Report(found);
        return ExitCodes.Failure;
    }

    /// <summary>Prints a line to standard output.</summary>
    public void Line(string text) => Out.Writer.WriteLine(text);
}
