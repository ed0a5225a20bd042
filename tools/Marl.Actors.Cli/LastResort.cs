using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Cli;

/// <summary>What is said when marl itself has a fault: one line, and where the details are.</summary>
internal static class LastResort
{
    private const string Code = "MARL3000";

    /// <summary>Reports a fault.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="isVerbose">Print the details as well.</param>
    /// <param name="screen">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int Report(Exception fault, bool isVerbose, Screen screen)
    {
        var log = Save(fault);
        screen.Report(new Diagnostic(
            Code,
            SourceSpan.None,
            $"This is a fault in marl itself ({fault.GetBaseException().GetType().Name}).",
            log is null ? "Run it again with --verbose for the details." : $"The details are in {log}; please report them."));
        if (isVerbose)
        {
            screen.Error.Writer.WriteLine(fault);
        }

        return ExitCodes.Fault;
    }

    private static string? Save(Exception fault)
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), $"marl-fault-{Environment.ProcessId}.log");
            File.WriteAllText(path, $"{Environment.CommandLine}\n{Environment.OSVersion}, .NET {Environment.Version}\n{fault}\n");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
