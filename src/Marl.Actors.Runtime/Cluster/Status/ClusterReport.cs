using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Status;

/// <summary>A cluster as one of its nodes sees it.</summary>
/// <param name="Members">Its nodes.</param>
/// <param name="Fenced">Frames this node has dropped because their epoch was over.</param>
/// <param name="Leaders">Addresses of the nodes that lead runs which this one hosts stages of.</param>
/// <param name="Runs">The runs that are led from this node.</param>
public sealed record ClusterReport(Values<MemberReport> Members, long Fenced, Values<string> Leaders, Values<RunReport> Runs) : IWireRecord
{
    private const int Most = 4096;

    internal static void Write(WireWriter to, ClusterReport report)
    {
        to.Small(report.Members.Count);
        foreach (var member in report.Members)
        {
            to.Text(member.Node);
            to.Text(string.Join('\n', member.Roles));
            to.Text(member.State);
        }

        to.Long(report.Fenced);
        to.Text(string.Join('\n', report.Leaders));
        to.Small(report.Runs.Count);
        foreach (var run in report.Runs)
        {
            RunReport.Write(to, run);
        }
    }

    internal static ClusterReport Read(WireReader from)
    {
        var members = new MemberReport[from.Count(Most, 3)];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new(from.Text(), Lines(from.Text()), from.Text());
        }

        var (fenced, leaders) = (from.Long(), Lines(from.Text()));
        var runs = new RunReport[from.Count(Most, 25)];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = RunReport.Read(from);
        }

        return new([.. members], fenced, leaders, [.. runs]);
    }

    private static Values<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>A node of a cluster.</summary>
/// <param name="Node">Its address.</param>
/// <param name="Roles">What it offers.</param>
/// <param name="State"><c>up</c>, <c>unreachable</c>, <c>leaving</c>, …</param>
public sealed record MemberReport(string Node, Values<string> Roles, string State);

/// <summary>What is the cluster, and what do you lead?</summary>
internal sealed record ClusterQuestion : IWireRecord
{
    public static void Write(WireWriter to, ClusterQuestion question)
    {
    }

    public static ClusterQuestion Read(WireReader from) => new();
}
