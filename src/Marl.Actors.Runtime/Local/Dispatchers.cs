using Akka.Actor;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// Who runs where. Learners compute for a tenth of a second at a time; on the dispatcher of everybody else they would hold
/// up heartbeats (measured: a busy default dispatcher makes a node unreachable after four seconds). Under a schedule, one
/// thread runs them all, and the run's own actors too, so that nobody else wakes them.
/// </summary>
/// <param name="threads">Threads of either dispatcher; null for one a core.</param>
/// <param name="isScheduled">One thread runs all, by a schedule.</param>
/// <param name="processors">Of the machine. Where it has one and nobody asks for threads, one runs all stages, learners among them.</param>
internal sealed class Dispatchers(int? threads, bool isScheduled, int processors)
{
    private const string Stages = "marl.dispatchers.stages";
    private const string Compute = "marl.dispatchers.compute";
    private const string Single = "marl.dispatchers.single";
    private const string Scheduled = "marl.dispatchers.scheduled";
    private const string Links = "marl.dispatchers.links";

    /// <summary>For this machine.</summary>
    public Dispatchers(int? threads, bool isScheduled)
        : this(threads, isScheduled, Environment.ProcessorCount)
    {
    }

    private int Threads => threads ?? processors;

    private bool IsSingle => threads is null && processors == 1;

    /// <summary>HOCON wants one key a line.</summary>
    public string Configuration => $$"""
        {{Stages}} {
          type = ForkJoinDispatcher
          throughput = 30
          dedicated-thread-pool {
            thread-count = {{Threads}}
            threadtype = background
          }
        }
        {{Compute}} {
          type = ForkJoinDispatcher
          throughput = 1
          dedicated-thread-pool {
            thread-count = {{Threads}}
            threadtype = background
          }
        }
        {{Links}} {
          type = ForkJoinDispatcher
          throughput = 30
          dedicated-thread-pool {
            thread-count = 2
            threadtype = background
          }
        }
        {{Single}} {
          type = "{{typeof(OneThreadDispatcherConfigurator).AssemblyQualifiedName}}"
          mailbox-type = "{{typeof(OneThreadMailbox).AssemblyQualifiedName}}"
          throughput = 30
        }
        {{Scheduled}} {
          type = "{{typeof(SeededDispatcherConfigurator).AssemblyQualifiedName}}"
          throughput = 1
        }
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.coordinated-shutdown.exit-clr = off
        # Akka also listens for Ctrl-C; a run that shall stop between two iterations must not lose its actors to it.
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """;

    /// <summary>An actor that hosts a stage.</summary>
    public Props Place(Props actor, Node node) => actor.WithDispatcher(
        isScheduled ? Scheduled
        : IsSingle ? Single
        : node.Component.IsCompute ? Compute
        : Stages);

    /// <summary>An actor that keeps a line to another node: never behind a stage that computes.</summary>
    public Props Link(Props actor) => actor.WithDispatcher(Links);

    /// <summary>An actor of the run itself.</summary>
    public Props Place(Props actor) => isScheduled ? actor.WithDispatcher(Scheduled) : actor;
}
