using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Experiments;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Runs;
using Marl.Actors.Runtime.Simulated;
using Marl.Actors.Runtime.Tracing;

namespace Marl.Actors.Benchmarks.Tracing;

/// <summary>What recording every token with its digest costs a run that learns; off against off shows the noise.</summary>
internal static class TracingCost
{
    private const int Rounds = 7;

    public static int Run(string pipeline, long steps)
    {
        var loaded = Experiment.Load(pipeline, overrides: new() { StopSteps = steps });
        if (!loaded.IsSuccess)
        {
            Console.Error.WriteLine(string.Join('\n', loaded.Diagnostics));
            return 1;
        }

        var (off, again, on) = (new List<double>(), new List<double>(), new List<double>());
        Once(loaded.Value, isTraced: true); // warm
        for (var round = 0; round < Rounds; round++)
        {
            off.Add(Once(loaded.Value, isTraced: false));
            on.Add(Once(loaded.Value, isTraced: true));
            again.Add(Once(loaded.Value, isTraced: false));
        }

        Console.WriteLine(FormattableString.Invariant($"{pipeline}, {steps} steps, processor time, medians of {Rounds} rounds"));
        Console.WriteLine(FormattableString.Invariant($"off  {Median(off):F2} s, {Median(again) / Median(off):F3} of itself"));
        Console.WriteLine(FormattableString.Invariant($"on   {Median(on):F2} s, {Median(on) / Median([.. off, .. again]):F3} of off"));
        return 0;
    }

    private static double Once(Graph graph, bool isTraced)
    {
        using var recorder = isTraced ? new TraceRecorder() : null;
        var begin = Environment.CpuUsage.TotalTime; // not the clock: others may use the machine too
        var outcome = SimulatedInterpreter.Run(graph, new() { Observer = new Nobody(), Trace = recorder });
        return outcome.Ending == RunEnding.Completed
            ? (Environment.CpuUsage.TotalTime - begin).TotalSeconds
            : throw new InvalidOperationException(string.Join('\n', outcome.Failures));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Nobody : IRunObserver
    {
        public bool Wants(Node node, OutputPort port) => false;

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
        }
    }
}
