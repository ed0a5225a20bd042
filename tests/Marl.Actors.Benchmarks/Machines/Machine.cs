using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Marl.Actors.Benchmarks.Machines;

/// <summary>Where figures were measured: without it they say nothing.</summary>
internal static class Machine
{
    /// <summary>Processor, system and runtime.</summary>
    public static string Description => $"{Processor()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>As Linux tells it.</summary>
    public static string? Load => Line("/proc/loadavg", "");

    /// <summary>With a word when the sources have changed since.</summary>
    public static string? Commit => Git("rev-parse", "--short", "HEAD") is { } commit
        ? commit + (Git("status", "--porcelain") is { Length: > 0 } ? " with changes" : "")
        : null;

    /// <summary>Prints processor, runtime, load and commit.</summary>
    public static void Introduce()
    {
        Console.WriteLine($"machine  {Description}");
        Console.WriteLine($"load     {Load ?? "unknown"} (1, 5, 15 minutes; running/all; last)");
        Console.WriteLine($"commit   {Commit ?? "unknown"}");
        Console.WriteLine();
    }

    private static string Processor() => Line("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Line(string file, string beginning) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) : null;

    private static string? Git(params string[] words)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", words) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory })!;
            var said = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
