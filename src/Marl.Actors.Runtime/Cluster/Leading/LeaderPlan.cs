using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Notes;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>All that a leader needs for one epoch of a run.</summary>
/// <param name="Claim">The run and the epoch.</param>
/// <param name="Topology">The graph spread out.</param>
/// <param name="Source">The pipeline as it travels.</param>
/// <param name="Options">How it is run.</param>
/// <param name="Director">Who decides.</param>
/// <param name="Recruiting">How nodes are chosen.</param>
/// <param name="Lost">Nodes that earlier epochs have lost.</param>
/// <param name="Dispatchers">Who runs where.</param>
/// <param name="Done">Where to tell the outcome.</param>
internal sealed record LeaderPlan(
    RunClaim Claim,
    Topology Topology,
    PipelineSource Source,
    RunOptions Options,
    RunDirector Director,
    Recruiting Recruiting,
    Values<string> Lost,
    Dispatchers Dispatchers,
    TaskCompletionSource<RunOutcome> Done);

/// <summary>A run and the attempt at it. Of two who claim the same run, the later epoch is heard and the earlier is not.</summary>
/// <param name="Run">Its number, drawn when it began.</param>
/// <param name="Epoch">From 1.</param>
public readonly record struct RunClaim(long Run, int Epoch);

/// <summary>How the nodes of an epoch are chosen.</summary>
/// <param name="Expected">Nodes to wait for, besides the leader's own; 0 takes those that are there once every role is.</param>
/// <param name="Patience">How long to wait for them.</param>
/// <param name="Settling">How long nobody may come or go before those who are there are taken.</param>
public sealed record Recruiting(int Expected, TimeSpan Patience, TimeSpan Settling)
{
    /// <summary>Takes whoever is there after a second without changes, and waits a minute for missing roles.</summary>
    public static Recruiting Standard { get; } = new(0, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
}
