using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Catalog;
using Marl.Actors.Runtime.Cluster.Nodes;

namespace Marl.Actors.Clustering;

/// <summary>A process that hosts stages of other people's runs.</summary>
public sealed record NodeRequest
{
    /// <summary>How it takes part.</summary>
    public required NodeOptions Options { get; init; }

    /// <summary>What pipelines may name here: the same as where they are submitted.</summary>
    public ComponentCatalog Catalog { get; init; } = BuiltIn.Catalog;

    /// <summary>Where the actors' log goes; null discards it.</summary>
    public string? Log { get; init; }

    /// <summary>Told once where it listens, when it has joined.</summary>
    public Action<NodeAddress>? Joined { get; init; }

    /// <summary>Cancelled, the node leaves the cluster.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>How a node came to its end.</summary>
public enum NodeEnding
{
    /// <summary>It was asked to leave.</summary>
    Left,

    /// <summary>The others have given it up, or the cluster is gone: start it anew.</summary>
    GivenUp,
}
