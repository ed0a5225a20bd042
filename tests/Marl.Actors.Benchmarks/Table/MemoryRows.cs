using System.Diagnostics;
using System.Text.RegularExpressions;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Benchmarks.Processes;
using Marl.Actors.Experiments;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>Memory at its most, and how soon learning begins.</summary>
internal static partial class MemoryRows
{
    private const double Mega = 1e6;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Scale scale)
    {
        var peaks = new List<double>();
        var starts = await scale.OftenAsync(async i =>
        {
            var report = await Probe.AskAsync(new(PipelineFiles.MappoSpread, scale.Steps(1_000_000, 6_400), Seed: 1 + i));
            peaks.Add(report.PeakBytes / Mega);
            return report.FirstUpdate;
        });
        var simulating = await SimulatingAsync(scale.Steps(500_000, 6_400));
        return
        [
            Row.AtMost("peak memory of mappo-spread", Spread.Of(peaks).Median, 600, Spread.Of(peaks).Show("0") + " MB", " MB"),
            Row.AtMost("start of the process to the end of the first update", starts.Median, 3, starts.Show("0.00") + " s", " s", "later than the first learning step"),
            Row.AtMost("peak memory of a process that only simulates (world and agents of mappo-spread)", simulating / Mega, 150, $"{simulating / Mega:0} MB", " MB", "of two worker processes the one with the role 'simulate'"),
        ];
    }

    /// <summary>Bytes, at most, of the worker that simulates.</summary>
    private static async Task<double> SimulatingAsync(long steps)
    {
        var folder = Directory.CreateTempSubdirectory("marl-memory-");
        var (worker, peak) = (0, 0L);
        try
        {
            var apart = Workers.Apart(2);
            var result = await Experiment.RunAsync(new()
            {
                Path = PipelineFiles.MappoSpread,
                Out = Path.Combine(folder.FullName, "run"),
                Overrides = new() { StopSteps = steps },
                Interpretation = apart with
                {
                    Cluster = apart.Cluster! with
                    {
                        Told = sentence => worker = Simulator().Match(sentence) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan) : worker,
                    },
                },
                Progress = _ => peak = Math.Max(peak, Peak(worker)),
            });
            return !result.IsSuccess ? throw new InvalidOperationException(string.Join(' ', result.Diagnostics))
                : peak > 0 ? peak
                : throw new InvalidOperationException("No worker simulated.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long Peak(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.PeakWorkingSet64;
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }

    [GeneratedRegex(@"^worker ([0-9]+) \(simulate\) at ")]
    private static partial Regex Simulator();
}
