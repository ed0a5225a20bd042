using Marl.Actors.Runtime.Checkpoints;
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

    /// <summary>Where the actors' log goes; null discards it.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>Ends the run between two iterations when cancelled.</summary>
    public CancellationToken Stop { get; init; }
}
