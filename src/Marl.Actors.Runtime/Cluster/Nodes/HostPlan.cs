using Akka.Actor;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>What a node's part of an epoch needs to begin.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">Which attempt at it; a later one replaces an earlier one.</param>
/// <param name="Self">Which participant this is; 0 leads.</param>
/// <param name="Participants">The nodes' actors, by participant.</param>
/// <param name="Load">Compiles a pipeline with this node's components.</param>
/// <param name="Dispatchers">Who runs where.</param>
internal sealed record HostPlan(
    long Run, int Epoch, int Self, Values<ActorPath> Participants, Func<PipelineSource, Result<Graph>> Load, Dispatchers Dispatchers)
{
    /// <summary>The line to another participant.</summary>
    public ConduitKey LineTo(int other) => new(Run, Epoch, Self, other);
}
