using System.Diagnostics;
using Marl.Actors.Experiments;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>What a probe runs.</summary>
/// <param name="File">The pipeline.</param>
/// <param name="Steps">Environment steps.</param>
/// <param name="Seed">Root of its random numbers.</param>
/// <param name="EvaluateEvery">Steps between evaluations; null as the file says.</param>
/// <param name="Until">Ends once an evaluation's mean return is no less; null after all steps.</param>
internal sealed record ProbeRequest(string File, long Steps, long Seed = 1, long? EvaluateEvery = null, double? Until = null);

/// <summary>How it went. Seconds count from the moment at which the process was started.</summary>
/// <param name="Steps">Environment steps done.</param>
/// <param name="Seconds">Until the last update.</param>
/// <param name="FirstUpdate">Until the first update was done and reported.</param>
/// <param name="Processor">Processor time of the process until the last update, seconds.</param>
/// <param name="SteadySteps">Steps of the second half.</param>
/// <param name="SteadyProcessor">Processor time of the second half, seconds.</param>
/// <param name="PeakBytes">The most memory it had, as the kernel counts it.</param>
/// <param name="Evaluations">Mean return and the seconds until it was known.</param>
internal sealed record ProbeReport(
    long Steps, double Seconds, double FirstUpdate, double Processor, long SteadySteps, double SteadyProcessor, long PeakBytes, IReadOnlyList<Evaluated> Evaluations)
{
    /// <summary>Seconds until an evaluation's mean return was no less than that; null if none was.</summary>
    public double? Reached(double mean) => Evaluations.FirstOrDefault(e => e.Mean >= mean)?.Seconds;
}

/// <summary>One evaluation.</summary>
internal sealed record Evaluated(double Mean, double Seconds);

/// <summary>A whole run as <c>marl run</c> does it, files and evaluations included, in a process of its own that watches itself.</summary>
internal static class Probe
{
    /// <summary>The word that makes this program one.</summary>
    public const string Word = "probe";

    /// <summary>Runs one in another process.</summary>
    public static Task<ProbeReport> AskAsync(ProbeRequest request) => Child.AskAsync<ProbeRequest, ProbeReport>(Word, request);

    /// <summary>In the child.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (started, request) = Child.Read<ProbeRequest>(arguments);
        var folder = Directory.CreateTempSubdirectory("marl-probe-");
        var watch = new Watch(started, request.Until);
        try
        {
            var result = await Experiment.RunAsync(new()
            {
                Path = request.File,
                Out = Path.Combine(folder.FullName, "run"),
                Overrides = new() { StopSteps = request.Steps, Seed = request.Seed, EvaluationEvery = request.EvaluateEvery },
                Progress = watch.Take,
                Stop = watch.Stop,
            });
            if (!result.IsSuccess)
            {
                Console.Error.WriteLine(string.Join(' ', result.Diagnostics));
                return 1;
            }

            return Child.Say(watch.Report());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Watch(long started, double? until)
    {
        private readonly CancellationTokenSource stop = new();
        private readonly List<Evaluated> evaluations = [];
        private long lastEvaluation = -1;
        private double first;
        private Mark half;
        private Mark last;

        public CancellationToken Stop => stop.Token;

        public void Take(RunProgress progress)
        {
            last = new(progress.EnvironmentSteps, Stopwatch.GetElapsedTime(started).TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
            first = first == 0 ? last.Seconds : first;
            half = half.Steps == 0 && progress.EnvironmentSteps >= progress.TotalSteps / 2 ? last : half;
            if (progress.Evaluation is { } row && row.EnvironmentSteps != lastEvaluation)
            {
                lastEvaluation = row.EnvironmentSteps;
                evaluations.Add(new(row.Returns.Mean, last.Seconds));
                if (row.Returns.Mean >= until)
                {
                    stop.Cancel();
                }
            }
        }

        public ProbeReport Report()
        {
            using var process = Process.GetCurrentProcess();
            return new(last.Steps, last.Seconds, first, last.Processor, last.Steps - half.Steps, last.Processor - half.Processor, process.PeakWorkingSet64, evaluations);
        }
    }

    private readonly record struct Mark(long Steps, double Seconds, double Processor);
}
