using System.Diagnostics;
using System.Text;

namespace Marl.Actors.Build.Tests.Projects;

/// <summary>
/// Starts programs as a shell of a user's would: without what MSBuild and the test host left in the environment. The tests of
/// the packages link this file.
/// </summary>
public static class Processes
{
    /// <summary>Short processes gain nothing from profiles of their own, and restores of tests nothing from asking for advisories.</summary>
    private static readonly (string Name, string? Value)[] Usual =
        [("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"), ("DOTNET_TieredPGO", "0"), ("NuGetAudit", "false")];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs a command of <c>dotnet</c> to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">More environment variables; null takes one away.</param>
    public static Task<Outcome> DotNetAsync(string folder, string[] arguments, params (string Name, string? Value)[] variables) =>
        RunAsync(folder, Host, arguments, variables);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">More environment variables; null takes one away.</param>
    public static async Task<Outcome> RunAsync(string folder, string program, string[] arguments, params (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestHost).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Usual.Concat(variables))
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        using var process = new Process { StartInfo = start };
        var text = new StringBuilder();
        process.OutputDataReceived += (_, line) => Collect(text, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(text, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' still runs after {Patience.TotalMinutes} minutes. It said:\n{text}");
        }

        return new(process.ExitCode, text.ToString());
    }

    private static bool IsOfTheTestHost(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "CI" or "TF_BUILD" or "GITHUB_ACTIONS";

    private static void Collect(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line is null ? "" : line + "\n");
        }
    }
}
