using Marl.Actors.Core.Randomness;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Faults;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Simulated;

/// <summary>
/// Runs a graph on the caller's thread, without actors, clocks or other threads. What happens next — which token or credit
/// arrives, which stage fires — is drawn from a schedule seed; so schedules can be explored, and each can be repeated. What
/// flows along the edges of a determinate graph is the same under all of them, and under the actors.
/// </summary>
public static class SimulatedInterpreter
{
    /// <summary>Runs to the end. Never throws for what a user can cause; the outcome says what happened.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="options">How.</param>
    /// <param name="schedule">The schedule's seed, and that of the faults.</param>
    /// <param name="faults">What goes wrong; null for a run without faults that nobody watches. It brings its own witness.</param>
    public static RunOutcome Run(Graph graph, RunOptions options, long schedule = 0, FaultInjection? faults = null)
    {
        var topology = Topology.Of(graph);
        var transport = new SimulatedTransport(options.Observer, topology);
        var faulty = faults?.Before(transport, topology, schedule, options.Trace);
        var settings = faults is null ? options : options with { Trace = null, Witness = faults.Witness };
        var factory = new CellFactory(topology, (ITransport?)faulty ?? transport, settings);
        var made = factory.MakeAll();
        if (made.Failure is { } refusal)
        {
            return refusal;
        }

        var recovery = faults?.Recovery(topology, factory.Make);
        var simulation = new Simulation(made.Cells, transport, new(graph, options), faulty, recovery, RandomKey.FromSeed(schedule).Derive("schedule").Stream());
        try
        {
            var outcome = simulation.Run(options.Stop);
            var hasStalled = outcome.Failures.Any(f => f.Code == RunCodes.Deadlock);
            if (outcome.Ending != RunEnding.Failed || hasStalled)
            {
                faults?.Close(hasStalled);
            }

            return outcome;
        }
        finally
        {
            Array.ForEach(made.Cells, c => c.Dispose());
        }
    }
}
