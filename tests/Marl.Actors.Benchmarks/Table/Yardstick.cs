using System.Diagnostics;
using System.Text.Json;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>
/// The rival of one file, vectorised NumPy and PyTorch on one thread, with the settings of <c>mappo-spread</c>: run where some
/// Python of the path has both libraries and the file lies in <c>../shared/yardstick</c> beside the repository, quoted elsewhere.
/// </summary>
/// <param name="StepsPerSecond">Its environment steps a second, evaluations included.</param>
/// <param name="Source">Measured or recorded.</param>
internal sealed record Yardstick(double StepsPerSecond, string Source)
{
    private const double Recorded = 27_000;
    private const double MillionSteps = 0.5;

    /// <summary>Measures it, if that can be done here.</summary>
    public static Yardstick Measure(Scale scale)
    {
        var program = Program();
        if (scale.IsQuick || program is null || Python() is not { } python)
        {
            return new(Recorded, "as recorded (no Python with NumPy and Torch was asked here)");
        }

        var results = Path.GetTempFileName();
        try
        {
            var seconds = Enumerable.Range(0, scale.Repetitions).Select(_ =>
            {
                File.Delete(results);
                Run(python, program, "--mb", "4", "--lr", "2e-3", "--total", $"{MillionSteps}", "--out", results);
                return JsonDocument.Parse(File.ReadLines(results).Last()).RootElement.GetProperty("secs").GetDouble();
            });
            return new(MillionSteps * 1e6 / Machines.Spread.Of(seconds).Median, "measured in this run, median");
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static string? Program()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "yardstick", "mappo.py");
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
