using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Who runs where. Learners compute for a tenth of a second at a time; on the dispatcher of everybody else they would hold
/// up heartbeats (measured: a busy default dispatcher makes a node unreachable after four seconds).
/// </summary>
internal static class Dispatchers
{
    private const string Stages = "marl.dispatchers.stages";
    private const string Compute = "marl.dispatchers.compute";

    /// <summary>One thread for each core on either; HOCON wants one key a line.</summary>
    public static string Configuration { get; } = $$"""
        {{Stages}} {
          type = ForkJoinDispatcher
          throughput = 30
          dedicated-thread-pool {
            thread-count = {{Environment.ProcessorCount}}
            threadtype = background
          }
        }
        {{Compute}} {
          type = ForkJoinDispatcher
          throughput = 1
          dedicated-thread-pool {
            thread-count = {{Environment.ProcessorCount}}
            threadtype = background
          }
        }
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.coordinated-shutdown.exit-clr = off
        # Akka also listens for Ctrl-C; a run that shall stop between two iterations must not lose its actors to it.
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """;

    public static string For(Node node) => node.Component.IsCompute ? Compute : Stages;
}
