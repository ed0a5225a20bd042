using System.Diagnostics;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Failures;

/// <summary>A disk without room: one clear line, and no file that is half there.</summary>
public sealed class FullDiskTests(ITestOutputHelper log)
{
    /// <summary>At its beginning, at a checkpoint, in the tables, in the policy, at the learning curve.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(44)]
    [InlineData(52)]
    [InlineData(64)]
    [InlineData(68)]
    [InlineData(100)]
    public async Task It_ends_with_one_line_wherever_the_room_runs_out(int kilobytes)
    {
        using var place = new Workplace();
        var disk = place["disk"];
        Directory.CreateDirectory(disk);
        if (!await MountAsync(disk, kilobytes))
        {
            return;
        }

        try
        {
            var outcome = await place.MarlAsync("run", Workplace.Coordination, "--out", "disk/r");

            outcome.Complained("MARL3404", "the disk is full");
            Assert.DoesNotContain(place.Files("disk"), name => name.EndsWith(".partial", StringComparison.Ordinal) || name.EndsWith("summary.json", StringComparison.Ordinal));
            Assert.All(
                place.Files("disk").Where(name => name.EndsWith(".csv", StringComparison.Ordinal)),
                name => Assert.EndsWith("\n", place.Text("disk", name)));
        }
        finally
        {
            await CommandAsync("umount", disk);
        }
    }

    private async Task<bool> MountAsync(string folder, int kilobytes)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            log.WriteLine("Skipped: only root on Linux can mount a small disk.");
            return false;
        }

        var problem = await CommandAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder);
        if (problem.Length > 0)
        {
            log.WriteLine($"Skipped: a small disk can't be mounted here: {problem}");
        }

        return problem.Length == 0;
    }

    private static async Task<string> CommandAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"exit code {process.ExitCode}: {error}";
    }
}
