using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines.Catalog;

namespace Marl.Actors.Inboxes;

/// <summary>Which recorded inboxes are replayed.</summary>
public sealed record ReplayRequest
{
    /// <summary>The folder of a run, for all its recordings; or one recording in it.</summary>
    public required string Path { get; init; }

    /// <summary>A stage (<c>team</c>) or a single instance (<c>team/agent-0</c>); null for all that were recorded.</summary>
    public string? Stage { get; init; }

    /// <summary>What pipeline files may name.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>Gathers what flows along the edges that leave the stage; then there must be one recording.</summary>
    public bool IsTraced { get; init; }

    /// <summary>The trace holds every message's figures, not only those that <see cref="Core.Traces.Trace.Holds"/> says.</summary>
    public bool IsFull { get; init; }

    /// <summary>Told after every firing which recording is replayed and how much of it is done, 0 to 1.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>Ends the replay between two firings when cancelled.</summary>
    public CancellationToken Stop { get; init; }
}
