using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Local;

/// <summary>All a run actor needs: the graph spread out, its cells made, and where to tell the outcome.</summary>
internal sealed record RunPlan(
    Topology Topology, IReadOnlyList<StageCell> Cells, LocalTransport Transport, Activity Activity, RunOptions Options, TaskCompletionSource<RunOutcome> Done)
{
    public Graph Graph => Topology.Graph;

    /// <summary>The vector step at which the clock is held next, after that many environment steps.</summary>
    public long NextHold(long steps)
    {
        if (Options.CheckpointFolder is null)
        {
            return Graph.VectorSteps;
        }

        var period = CeilingDivide(CeilingDivide(Graph.CheckpointSteps, Graph.Copies), Graph.Iteration) * Graph.Iteration;
        var done = steps / Graph.Copies;
        return Math.Min(Graph.VectorSteps, ((done / period) + 1) * period);
    }

    private static long CeilingDivide(long a, long b) => (a + b - 1) / b;
}
