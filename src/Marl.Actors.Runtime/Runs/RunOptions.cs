using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Checkpoints;
using Marl.Actors.Runtime.Inboxes;
using Marl.Actors.Runtime.Profiles;
using Marl.Actors.Runtime.Tracing;
using Marl.Actors.Runtime.Witnesses;
using Microsoft.Extensions.Logging;

namespace Marl.Actors.Runtime.Runs;

/// <summary>How a graph is run, beyond what the graph itself says.</summary>
public sealed record RunOptions
{
    /// <summary>Who watches.</summary>
    public required IRunObserver Observer { get; init; }

    /// <summary>Folder for checkpoints; null writes none.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Goes on from here instead of beginning.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>Asked before a checkpoint is written: why this process may no longer do that; null when it may.</summary>
    public Func<Diagnostic?>? MayCommit { get; init; }

    /// <summary>Where the actors' log goes; null discards it.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>Threads of each dispatcher of the actors; null for one a core, and on a single core one for all. The simulator has one thread.</summary>
    public int? Threads { get; init; }

    /// <summary>Actors only: one thread runs them all, in the order this seed draws; null for threads and no order.</summary>
    public long? Schedule { get; init; }

    /// <summary>Records what flows along the edges; null records nothing and costs nothing.</summary>
    public TraceRecorder? Trace { get; init; }

    /// <summary>Records the inboxes of chosen stages; null records nothing and costs nothing.</summary>
    public InboxRecorder? Inboxes { get; init; }

    /// <summary>Follows every token; null follows none and costs nothing. Not for runs on several threads.</summary>
    public RunWitness? Witness { get; init; }

    /// <summary>Measures where the time goes; null measures nothing and costs nothing. In this process only.</summary>
    public RunProfile? Profile { get; init; }

    /// <summary>
    /// Holds every stage to the firing pattern of its signature: one that takes or sends other numbers of tokens fails the run.
    /// For tests of stages; without it nothing is counted.
    /// </summary>
    public bool ChecksSignatures { get; init; }

    /// <summary>Ends the run between two iterations when cancelled.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Cores there are, as the actors are to see it.</summary>
    internal int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>Who watches single cells; nobody costs nothing.</summary>
    internal Values<ICellWatcher> Watchers { get; init; } = [];
}
