using System.Diagnostics;
using Marl.Actors.Catalogs;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>A graph of actors in which nobody learns (<see cref="NullLearner"/>), timed from inside.</summary>
internal static class ActingRun
{
    /// <summary>Loads a pipeline of this project.</summary>
    public static Graph Load(string file, long steps, params (string Name, int Value)[] parameters) => Load(file, NullLearner.Component, steps, parameters);

    /// <summary>Loads one with a <see cref="NullLearner"/> of its own.</summary>
    public static Graph Load(string file, Component learner, long steps, params (string Name, int Value)[] parameters)
    {
        var loaded = Experiment.Load(Path.Combine(AppContext.BaseDirectory, file), BuiltIn.Catalog.With(learner), new()
        {
            StopSteps = steps,
            Parameters = [.. parameters.Select(p => (p.Name, $"{p.Value}"))],
        });
        return loaded.IsSuccess ? loaded.Value : throw new InvalidOperationException(string.Join("\n", loaded.Diagnostics));
    }

    /// <summary>Seconds between the first and the last weights: starting and stopping an actor system is not a step's cost.</summary>
    public static async Task<double> SecondsAsync(Graph graph) => (await WatchAsync(graph)).Seconds;

    /// <summary>The same in seconds of processor time.</summary>
    public static async Task<double> ProcessorSecondsAsync(Graph graph) => (await WatchAsync(graph)).Processor;

    private static async Task<(double Seconds, double Processor)> WatchAsync(Graph graph)
    {
        var watch = new WeightsWatch();
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = watch });
        return outcome.Ending == RunEnding.Completed
            ? (watch.Seconds * watch.Count / (watch.Count - 1), watch.Processor * watch.Count / (watch.Count - 1))
            : throw new InvalidOperationException(string.Join("\n", outcome.Failures));
    }

    private sealed class WeightsWatch : IRunObserver
    {
        private long first;
        private long last;
        private TimeSpan firstUsed;
        private TimeSpan lastUsed;

        public int Count { get; private set; }

        public double Seconds => Stopwatch.GetElapsedTime(first, last).TotalSeconds;

        public double Processor => (lastUsed - firstUsed).TotalSeconds;

        public bool Wants(Node node, OutputPort port) => port.Kind == "weights";

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
            if (peer == 0)
            {
                (last, lastUsed) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                (first, firstUsed) = Count++ == 0 ? (last, lastUsed) : (first, firstUsed);
            }
        }
    }
}
