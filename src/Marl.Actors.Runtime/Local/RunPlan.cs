using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Local;

/// <summary>All a run actor needs: the graph spread out, its cells made, where they run, who decides, and where to tell the outcome.</summary>
internal sealed record RunPlan(
    Topology Topology,
    IReadOnlyList<StageCell> Cells,
    LocalTransport Transport,
    Activity Activity,
    Dispatchers Dispatchers,
    RunDirector Director,
    IRunObserver Observer,
    TaskCompletionSource<RunOutcome> Done)
{
    public Graph Graph => Topology.Graph;
}
