using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Signatures;

/// <summary>Holds every stage of a run to the firing pattern its signature states; see <see cref="SignatureWatch"/>.</summary>
internal sealed class SignatureWatcher : ICellWatcher
{
    /// <summary>Stages of graphs made by hand have stated nothing.</summary>
    public ICellWatch? Watch(CellAddress cell, Topology topology) => cell.Node.Rhythm is { } rhythm
        ? new SignatureWatch(
            cell,
            rhythm.Unrolled(topology.Graph.Iteration),
            [.. topology.Links.Where(l => l.Producer == cell).Select(l => (l.Output, l.Reader)).Distinct()])
        : null;
}
