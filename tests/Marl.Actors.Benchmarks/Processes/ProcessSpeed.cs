using System.Diagnostics;
using System.Globalization;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Experiments;

namespace Marl.Actors.Benchmarks.Processes;

/// <summary>
/// Throughput of a run on three worker processes against one process, in turns; and the bytes that go between them for each
/// environment step. Everything the file asks for is done, evaluation too; the first half of each run warms up.
/// </summary>
internal static class ProcessSpeed
{
    private const int Repetitions = 3;
    private const int Processes = 3;

    private static readonly string[] Usual = ["pipelines/mappo-spread.yaml", "pipelines/impala-cartpole.yaml"];

    public static async Task<int> RunAsync(string? file, long? steps)
    {
        Machine.Introduce();
        Console.WriteLine($"environment steps per second, median of {Repetitions} (min..max)");
        Console.WriteLine($"{"",-34} {"one process",26} {$"{Processes} processes",26}   ratio   TCP bytes a step");
        foreach (var pipeline in file is null ? Usual : [file])
        {
            await MeasureAsync(pipeline, steps ?? 2_000_000);
        }

        return 0;
    }

    private static async Task MeasureAsync(string pipeline, long steps)
    {
        var (one, many, bytes) = (new double[Repetitions], new double[Repetitions], new double?[Repetitions]);
        for (var i = 0; i < Repetitions; i++)
        {
            (one[i], _) = await OnceAsync(pipeline, steps, new());
            (many[i], bytes[i]) = await OnceAsync(pipeline, steps, Workers.Apart(Processes));
        }

        Array.Sort(one);
        Array.Sort(many);
        var sent = bytes.Order().ElementAt(Repetitions / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(pipeline),-34} {Show(one),26} {Show(many),26} {many[Repetitions / 2] / one[Repetitions / 2],7:F3} {(sent is null ? "ss is missing" : $"{sent:F1}"),18}"));
    }

    /// <summary>Over the second half of the updates.</summary>
    private static async Task<(double StepsPerSecond, double? Bytes)> OnceAsync(string pipeline, long steps, Interpretation where)
    {
        var folder = Directory.CreateTempSubdirectory("marl-speed-");
        var (first, last) = (default(Mark), default(Mark));
        try
        {
            var result = await Experiment.RunAsync(new()
            {
                Path = pipeline,
                Out = Path.Combine(folder.FullName, "run"),
                Overrides = new() { StopSteps = steps },
                Interpretation = where,
                Progress = p =>
                {
                    if (first.Steps == 0 && p.EnvironmentSteps >= p.TotalSteps / 2)
                    {
                        first = new(p.EnvironmentSteps, Stopwatch.GetTimestamp(), Usage.Now());
                    }
                    else if (p.EnvironmentSteps >= p.TotalSteps)
                    {
                        last = new(p.EnvironmentSteps, Stopwatch.GetTimestamp(), Usage.Now());
                    }
                },
            });
            if (!result.IsSuccess)
            {
                throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var done = last.Steps - first.Steps;
        return (done / Stopwatch.GetElapsedTime(first.Time, last.Time).TotalSeconds, (last.Usage.TcpBytes - first.Usage.TcpBytes) / (double)done);
    }

    private static string Show(double[] sorted) => string.Create(CultureInfo.InvariantCulture, $"{sorted[Repetitions / 2]:F0} ({sorted[0]:F0}..{sorted[^1]:F0})");

    private readonly record struct Mark(long Steps, long Time, Usage Usage);
}
