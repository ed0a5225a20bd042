using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>How a run that spans nodes goes, as its leader knows.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Run">Its number.</param>
/// <param name="Epoch">Which attempt.</param>
/// <param name="Steps">Environment steps at the last boundary.</param>
/// <param name="Checkpoint">The newest checkpoint of this epoch; empty when there is none.</param>
/// <param name="Hosts">Stage instances by node.</param>
/// <param name="Edges">Traffic by edge, in this epoch.</param>
/// <param name="Lost">Nodes that it has lost since it was begun or taken up again, the last one last.</param>
public sealed record RunReport(
    string Pipeline, long Run, int Epoch, long Steps, string Checkpoint, Values<HostReport> Hosts, Values<EdgeReport> Edges, Values<string> Lost)
{
    private const int Most = 1 << 16;

    internal static void Write(WireWriter to, RunReport report)
    {
        to.Text(report.Pipeline);
        to.Long(report.Run);
        to.Int(report.Epoch);
        to.Long(report.Steps);
        to.Text(report.Checkpoint);
        to.Small(report.Hosts.Count);
        foreach (var host in report.Hosts)
        {
            to.Text(host.Node);
            to.Text(string.Join('\n', host.Stages));
        }

        to.Small(report.Edges.Count);
        foreach (var edge in report.Edges)
        {
            to.Text(edge.Edge);
            to.Long(edge.Messages);
            to.Long(edge.Bytes);
            to.Int(edge.Lag);
        }

        to.Text(string.Join('\n', report.Lost));
    }

    internal static RunReport Read(WireReader from)
    {
        var (pipeline, run, epoch, steps, checkpoint) = (from.Text(), from.Long(), from.Int(), from.Long(), from.Text());
        var hosts = new HostReport[from.Count(Most, 2)];
        for (var i = 0; i < hosts.Length; i++)
        {
            hosts[i] = new(from.Text(), [.. from.Text().Split('\n')]);
        }

        var edges = new EdgeReport[from.Count(Most, 21)];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = new(from.Text(), from.Long(), from.Long(), from.Int());
        }

        return new(pipeline, run, epoch, steps, checkpoint, [.. hosts], [.. edges], [.. from.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}

/// <summary>What a node hosts of a run.</summary>
/// <param name="Node">Its address.</param>
/// <param name="Stages">The stage instances.</param>
public sealed record HostReport(string Node, Values<string> Stages);

/// <summary>What went along an edge.</summary>
/// <param name="Edge"><c>team.actions → world.actions</c></param>
/// <param name="Messages">Tokens.</param>
/// <param name="Bytes">Bytes of their floats.</param>
/// <param name="Lag">
/// Along an edge with weights or parameters: versions by which the consumer that is furthest behind works with older ones than
/// have been sent. Along one with rollouts or gradients: versions between those that the oldest of the last second were made
/// with and the consumer's own. −1 where there are no versions. As of the last reports, a second apart.
/// </param>
public sealed record EdgeReport(string Edge, long Messages, long Bytes, int Lag);
