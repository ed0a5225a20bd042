using System.Diagnostics;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Testing.Files;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Runtime.Tests.Checkpoints;

/// <summary>
/// What is durable stays, whatever happens to its writer or to the file after it. <c>MARL_KILLS=200</c> kills so often, in files
/// of 8 MiB, and damages those.
/// </summary>
public sealed class CheckpointKillTests(ITestOutputHelper log)
{
    private const int LargeFile = 2 << 20; // numbers: 8 MiB
    private const int Flips = 1000;

    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("MARL_KILLS"), out var kills) ? kills : null;

    [Fact]
    public async Task A_killed_writer_loses_nothing_it_had_announced()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var dice = new Random(1);
        var (kills, torn, announced) = (Asked ?? 8, 0, 0L);
        for (var kill = 0; kill < kills; kill++)
        {
            using var writer = Start([], folder.Path, LargeFile, announced + 1, long.MaxValue);
            announced = long.Parse((await writer.StandardOutput.ReadLineAsync())!);
            await Task.Delay(dice.Next(60));
            writer.Kill();
            foreach (var line in (await writer.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => long.TryParse(l, out _)))
            {
                announced = Math.Max(announced, long.Parse(line));
            }

            await writer.WaitForExitAsync();
            torn += File.Exists(Directory.GetFiles(folder.Path, "*.partial").FirstOrDefault()) ? 1 : 0;
            Assert.All(Directory.GetFiles(folder.Path, "*.checkpoint"), file => Assert.True(CheckpointFile.Read(file).IsSuccess, file));
            var newest = CheckpointFile.ReadNewest(folder.Path);
            Assert.Empty(newest.Diagnostics);
            Assert.InRange(newest.Value.VectorSteps, announced, announced + 1);
            Assert.Equal(newest.Value.VectorSteps, newest.Value.Cells["world"].Get<float>("x")[^1]);
            announced = newest.Value.VectorSteps;
        }

        log.WriteLine($"{kills} kills, {torn} of them in the midst of a file, 0 checkpoints unreadable, {announced} written");
    }

    [Fact]
    public void Of_a_thousand_flipped_bits_each_is_noticed_and_the_generation_before_is_taken()
    {
        using var folder = new TemporaryFolder();
        var numbers = Asked is null ? 5_000 : LargeFile;
        Assert.True(CheckpointFile.Write(folder.Path, CheckpointWriter.Sample(1, numbers)).IsSuccess);
        var newest = CheckpointFile.Write(folder.Path, CheckpointWriter.Sample(2, numbers)).Value;
        var dice = new Random(2);
        using var file = File.OpenHandle(newest, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var (length, passedOver) = (RandomAccess.GetLength(file), 0);
        for (var flip = 0; flip < Flips; flip++)
        {
            var at = flip < 20 ? flip : dice.NextInt64(length); // all of the header, and anywhere
            Flip(at, 1 << dice.Next(8), out var undo);
            var read = CheckpointFile.ReadNewest(folder.Path);
            if (read.IsSuccess)
            {
                passedOver++;
                Assert.Equal(1, read.Value.VectorSteps);
                var warning = Assert.Single(read.Diagnostics);
                Assert.Equal((CheckpointCodes.Damaged, Severity.Warning, newest), (warning.Code, warning.Severity, warning.Where.File));
            }
            else
            {
                Assert.InRange(at, 8, 11); // a version that is higher than ours is not passed over
                Assert.Equal(CheckpointCodes.NewerVersion, Assert.Single(read.Diagnostics).Code);
            }

            undo();
        }

        Assert.InRange(passedOver, Flips - 20, Flips);
        Assert.Equal(2, CheckpointFile.ReadNewest(folder.Path).Value.VectorSteps);

        void Flip(long at, int bit, out Action undo)
        {
            var one = new byte[1];
            RandomAccess.Read(file, one, at);
            RandomAccess.Write(file, [(byte)(one[0] ^ bit)], at);
            undo = () => RandomAccess.Write(file, one, at);
        }
    }

    [Theory]
    [InlineData("pwrite64:error=ENOSPC", "MARL3404", "the disk is full")]
    [InlineData("pwrite64:error=EIO", "MARL3408", "the device failed (error 5)")]
    [InlineData("fsync:error=EIO", "MARL3408", "the device failed (error 5)")]
    [InlineData("fsync:error=ENOSPC", "MARL3404", "the disk is full")]
    [InlineData("rename:error=EIO", "MARL3408", "the device failed (error 5)")]
    public async Task A_fault_of_the_disk_is_said_and_leaves_the_checkpoint_before(string fault, string code, string words)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/strace"))
        {
            log.WriteLine("Skipped: there is no /usr/bin/strace to inject faults.");
            return;
        }

        using var folder = new TemporaryFolder();
        Assert.True(CheckpointFile.Write(folder.Path, CheckpointWriter.Sample(1, 100_000)).IsSuccess);
        using var writer = Start(["/usr/bin/strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=pwrite64,fsync,rename", "-e", $"inject={fault}"], folder.Path, 100_000, 2, 2);
        var said = await writer.StandardOutput.ReadToEndAsync();
        await writer.WaitForExitAsync();
        if (said.Length == 0)
        {
            log.WriteLine("Skipped: processes can't be traced here.");
            return;
        }

        Assert.Contains($"error {code}: ", said);
        Assert.Contains(words, said);
        var left = CheckpointFile.ReadNewest(folder.Path);
        Assert.Empty(left.Diagnostics);
        Assert.Equal(1, left.Value.VectorSteps);
        Assert.Equal(["000000000001.checkpoint"], folder.Names);
    }

    private static Process Start(string[] tracer, string folder, int numbers, long first, long last)
    {
        string[] command = [.. tracer, "dotnet", typeof(CheckpointWriter).Assembly.Location, folder, $"{numbers}", $"{first}", $"{last}"];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
    }
}
