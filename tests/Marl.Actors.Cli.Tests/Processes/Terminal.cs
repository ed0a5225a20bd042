using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Processes;

/// <summary>Runs <c>marl</c> on a terminal, which util-linux's <c>script</c> lends.</summary>
internal static partial class Terminal
{
    /// <summary>What a terminal would show; null where there is no <c>script</c>, which is logged.</summary>
    public static async Task<Outcome?> RunAsync(string folder, ITestOutputHelper log, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            log.WriteLine("Skipped: there is no /usr/bin/script to lend a terminal.");
            return null;
        }

        var command = string.Join(' ', MarlProcess.Program.Concat(arguments).Select(a => $"'{a}'"));
        var variables = new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["COLUMNS"] = "120" };
        using var process = MarlProcess.Start(folder, variables, ["/usr/bin/script", "--quiet", "--return", "--command", $"stty cols 120 rows 40; {command}", "/dev/null"]);
        return await process.EndAsync();
    }

    /// <summary>True when text tells a terminal to do something.</summary>
    public static bool HasEscapes(string text) => Escape().IsMatch(text);

    [GeneratedRegex("\x1b")]
    private static partial Regex Escape();
}
