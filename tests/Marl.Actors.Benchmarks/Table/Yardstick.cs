using System.Diagnostics;
using System.Text.Json;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>
/// The rival of one file, vectorised NumPy and PyTorch on one thread, with the settings of <c>mappo-spread</c>: run where some
/// Python of the path has both libraries and the file lies in the folder that is named, or in <c>../shared/yardstick</c> beside
/// the repository; quoted elsewhere.
/// </summary>
/// <param name="StepsPerSecond">Its environment steps a second, evaluations included.</param>
/// <param name="Source">Measured or recorded.</param>
internal sealed record Yardstick(double StepsPerSecond, string Source)
{
    /// <summary>Its program.</summary>
    public const string ProgramFile = "mappo.py";

    private const double Recorded = 27_000;
    private const double SuspiciouslySlow = Recorded / 2; // a rival with its hands tied proves nothing
    private const double MillionSteps = 2; // with fewer it would mostly be evaluated

    /// <summary>Measures it, if that can be done here.</summary>
    public static Yardstick Measure(Scale scale)
    {
        if (scale.IsQuick)
        {
            return AsRecorded("nothing is measured in quick mode");
        }

        if (Program(scale.Yardstick) is not { } program)
        {
            return AsRecorded($"no {ProgramFile} beside the repository, see --yardstick");
        }

        return Python() is { } python ? Measured(python, program, scale) : AsRecorded("no python3 of the path has NumPy and Torch");
    }

    private static Yardstick AsRecorded(string reason) => new(Recorded, $"as recorded ({reason})");

    private static Yardstick Measured(string python, string program, Scale scale)
    {
        var results = Path.GetTempFileName();
        try
        {
            var seconds = Machines.Spread.Of(Enumerable.Range(0, scale.Repetitions).Select(_ =>
            {
                File.Delete(results);
                return Run(python, program, "--mb", "4", "--lr", "2e-3", "--total", $"{MillionSteps}", "--out", results)
                    ? JsonDocument.Parse(File.ReadLines(results).Last()).RootElement.GetProperty("secs").GetDouble()
                    : throw new InvalidOperationException($"'{python} {program}' failed.");
            }));
            var rate = MillionSteps * 1e6 / seconds.Median;
            var doubt = rate < SuspiciouslySlow ? $"; {Recorded:#,0} are recorded: does its NumPy use the reference BLAS? OpenBLAS is several times faster" : "";
            return new(rate, $"measured in this run: {MillionSteps * 1e6:#,0} steps in {seconds.Show("0")} s{doubt}");
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static string? Program(string? named)
    {
        if (named is not null)
        {
            return Path.Combine(named, ProgramFile);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "yardstick", ProgramFile);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static string? Python() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3")).Where(File.Exists).FirstOrDefault(python => Run(python, "-c", "import numpy, torch"));

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        process.StandardError.ReadToEnd();
        said.Wait();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
