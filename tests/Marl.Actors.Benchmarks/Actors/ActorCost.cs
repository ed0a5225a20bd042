using System.Diagnostics;
using System.Globalization;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>
/// What the actors cost: acting in simple-spread (3 agents, 64×64) as the graph of actors against <see cref="PlainLoop"/>,
/// both on one core, in turns; medians of five.
/// </summary>
internal static class ActorCost
{
    private const int Repetitions = 5;
    private const int StepsPerMeasurement = 2_000_000;

    private static readonly int[] DefaultCopies = [16, 64, 256, 1024];

    public static async Task<int> RunAsync(int[] copies)
    {
        if (Environment.ProcessorCount > 1)
        {
            return await OnOneCoreAsync(copies);
        }

        PinToOneCore();
        Console.WriteLine("acting in simple-spread, one core, median of 5 (min..max)");
        Console.WriteLine("copies   plain M steps/s        actors M steps/s       ratio of times");
        foreach (var count in copies is [0] ? DefaultCopies : copies)
        {
            await MeasureAsync(count);
        }

        return 0;
    }

    private static async Task MeasureAsync(int copies)
    {
        var vectorSteps = StepsPerMeasurement / copies / 25 * 25;
        var loop = new PlainLoop(copies);
        var graph = GraphOf(copies, (long)vectorSteps * copies);
        loop.Run(vectorSteps / 5);
        await ActorsAsync(GraphOf(copies, (long)vectorSteps * copies / 5));

        var (plain, actors) = (new double[Repetitions], new double[Repetitions]);
        for (var i = 0; i < Repetitions; i++)
        {
            var started = Stopwatch.GetTimestamp();
            loop.Run(vectorSteps);
            plain[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            actors[i] = await ActorsAsync(graph);
        }

        double Rate(double seconds) => vectorSteps * (double)copies / seconds / 1e6;
        Array.Sort(plain);
        Array.Sort(actors);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{copies,6}   {Rate(plain[2]),6:F2} ({Rate(plain[4]):F2}..{Rate(plain[0]):F2})   {Rate(actors[2]),6:F2} ({Rate(actors[4]):F2}..{Rate(actors[0]):F2})   {actors[2] / plain[2]:F3}"));
    }

    /// <summary>Seconds between the first and the last weights: starting and stopping an actor system is not a step's cost.</summary>
    private static async Task<double> ActorsAsync(Graph graph)
    {
        var watch = new WeightsWatch();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = watch });
        return outcome.Ending == RunEnding.Completed
            ? watch.Seconds * watch.Count / (watch.Count - 1)
            : throw new InvalidOperationException(string.Join("\n", outcome.Failures));
    }

    private static Graph GraphOf(int copies, long steps)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Actors", "acting.yaml");
        var loaded = Experiment.Load(file, BuiltIn.Catalog.With(NullLearner.Component), new()
        {
            StopSteps = steps,
            Parameters = [("copies", copies.ToString(CultureInfo.InvariantCulture))],
        });
        return loaded.IsSuccess ? loaded.Value : throw new InvalidOperationException(string.Join("\n", loaded.Diagnostics));
    }

    /// <summary>The same program once more, told that the machine has one core, as a container with one core would tell it.</summary>
    private static async Task<int> OnOneCoreAsync(int[] copies)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["actors", .. copies.Where(c => c > 0).Select(c => $"{c}")]);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void PinToOneCore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = 1;
        }
    }

    private sealed class WeightsWatch : IRunObserver
    {
        private long first;
        private long last;

        public int Count { get; private set; }

        public double Seconds => Stopwatch.GetElapsedTime(first, last).TotalSeconds;

        public bool Wants(Node node, OutputPort port) => port.Kind == "weights";

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
            if (peer == 0)
            {
                last = Stopwatch.GetTimestamp();
                first = Count++ == 0 ? last : first;
            }
        }
    }
}
