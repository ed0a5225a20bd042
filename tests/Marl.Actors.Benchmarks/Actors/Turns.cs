using System.Diagnostics;
using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Benchmarks.Actors;

/// <summary>
/// The graph of actors and the plain loop in short turns within one run: while the graph's learner is between rollouts and
/// weights, nothing else of the graph can happen, and the loop does as many steps as the graph has just done. So whatever the
/// machine does meanwhile, it does to both; and the ratio of each pair of turns stands for itself.
/// </summary>
/// <param name="copies">Of the world.</param>
/// <param name="updates">Rollouts of a turn.</param>
/// <param name="warmUp">Pairs of turns that do not count: both sides' code is compiled anew while it runs.</param>
/// <param name="pairs">Pairs that count.</param>
internal sealed class Turns(int copies, int updates, int warmUp, int pairs)
{
    private readonly PlainLoop loop = new(copies);
    private int update = -1; // the first rollouts end what came before the first turn
    private Moment turned;

    /// <summary>By pair: of the loop and of the graph.</summary>
    public List<(Moment Plain, Moment Actors)> Pairs { get; } = [];

    /// <summary>Environment steps of a turn.</summary>
    public long Steps => (long)copies * updates * PlainLoop.Length;

    /// <summary>Runs both.</summary>
    public async Task RunAsync()
    {
        var rollouts = 1L + ((long)(warmUp + pairs) * updates);
        var graph = ActingRun.Load("Actors/acting.yaml", NullLearner.Between(Rolled), rollouts * copies * PlainLoop.Length, ("copies", copies));
        var outcome = await LocalInterpreter.RunAsync(graph, new() { Observer = new Nobody() });
        if (outcome.Ending != RunEnding.Completed || Pairs.Count != warmUp + pairs)
        {
            throw new InvalidOperationException(string.Join("\n", outcome.Failures));
        }

        Pairs.RemoveRange(0, warmUp);
    }

    private void Rolled()
    {
        if (++update % updates != 0)
        {
            return;
        }

        var actors = Moment.Now();
        if (update > 0)
        {
            loop.Run(updates * PlainLoop.Length);
        }

        var plain = Moment.Now();
        if (update > 0)
        {
            Pairs.Add((plain - actors, actors - turned));
        }

        turned = plain;
    }

    private sealed class Nobody : IRunObserver
    {
        public bool Wants(Node node, OutputPort port) => false;

        public void Observe(Node node, OutputPort port, int peer, Message message)
        {
        }
    }
}

/// <summary>Two clocks at once, or what has passed between two such moments.</summary>
/// <param name="Seconds">Of the clock on the wall.</param>
/// <param name="Processor">Of the processor, by this process; other processes hardly disturb it.</param>
/// <param name="Bytes">Allocated by this process.</param>
internal readonly record struct Moment(double Seconds, double Processor, long Bytes)
{
    /// <summary>Now.</summary>
    public static Moment Now() => new((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes());

    public static Moment operator -(Moment later, Moment earlier) =>
        new(later.Seconds - earlier.Seconds, later.Processor - earlier.Processor, later.Bytes - earlier.Bytes);
}
