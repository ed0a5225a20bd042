using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Leading;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>Adds up what the hosts of one epoch say of themselves.</summary>
/// <param name="plan">The epoch.</param>
/// <param name="owners">The participant that hosts a cell, by cell.</param>
/// <param name="candidates">The hosts, participant 1 first.</param>
internal sealed class RunTally(LeaderPlan plan, int[] owners, Values<Candidate> candidates)
{
    private readonly LinkFigures[] links = [.. plan.Topology.Links.Select(_ => LinkFigures.None)];

    /// <summary>A host's counts.</summary>
    public void Take(byte[] body)
    {
        foreach (var (link, figures) in EdgeCounts.Read(body, links.Length))
        {
            links[link] = links[link].With(figures);
        }
    }

    /// <summary>How the run goes.</summary>
    public RunReport Report() => new(
        plan.Topology.Graph.Name,
        plan.Claim.Run,
        plan.Claim.Epoch,
        plan.Director.Steps,
        plan.Director.Checkpoint ?? "",
        [.. candidates.Select((c, i) => new HostReport(c.Address, [.. plan.Topology.Cells.Where(cell => owners[cell.Index] == i + 1).Select(cell => cell.Name)]))],
        [.. plan.Topology.Links.GroupBy(l => l.Edge.Name).Select(edge => new EdgeReport(edge.Key, edge.Sum(l => links[l.Id].Messages), edge.Sum(l => links[l.Id].Bytes), edge.Max(l => links[l.Id].Lag)))],
        plan.Lost);
}
