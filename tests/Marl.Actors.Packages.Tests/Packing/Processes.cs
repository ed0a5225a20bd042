using System.Diagnostics;
using System.Text;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>Starts programs as a shell of a user's would: without what MSBuild and the test host left in the environment.</summary>
public static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Builds nothing that outlives it: no compiler server, no waiting MSBuild node.</summary>
    private static readonly string[] Leaving = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];

    /// <summary>The machine's package folder, which the restore of this repository filled.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs a command of <c>dotnet</c> that builds: <c>build</c>, <c>test</c>, <c>msbuild</c>.</summary>
    public static Task<Outcome> BuildAsync(string folder, params string[] arguments) => DotNetAsync(folder, [.. arguments, .. Leaving]);

    /// <summary>Runs a command of <c>dotnet</c>.</summary>
    public static Task<Outcome> DotNetAsync(string folder, params string[] arguments) => RunAsync(folder, Host, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="packages">What the variable NUGET_PACKAGES says; null to leave the folder to the configuration.</param>
    public static async Task<Outcome> RunAsync(string folder, string program, string[] arguments, string? packages = null)
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

        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DiffEngine_Disabled"] = "true"; // no diff tool opens for failures made on purpose

        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
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
        || variable is "NUGET_PACKAGES" or "CI" or "TF_BUILD" or "GITHUB_ACTIONS";

    private static void Collect(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line is null ? "" : line + "\n");
        }
    }
}
