using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>What nodes offer and stages need.</summary>
public static class Roles
{
    /// <summary>Learners, memories and servers.</summary>
    public const string Learn = "learn";

    /// <summary>Worlds and acting agents.</summary>
    public const string Simulate = "simulate";

    /// <summary>
    /// The role a stage needs: what <c>place:</c> says (for a twin of evaluation, what it says of the original). Where the file
    /// is silent, worlds and those who act and talk in them simulate, and everything else learns; so a simulating node never
    /// loads libtorch.
    /// </summary>
    public static string Of(Graph graph, Node node)
    {
        var twin = node.Id.StartsWith("evaluation/", StringComparison.Ordinal) ? node.Id["evaluation/".Length..] : node.Id;
        return graph.Placement.FirstOrDefault(p => p.Stage == twin) is { Role: { } role } ? role
            : node.Component.IsClock || node.Component.Kind is "environment" or "agent" or "channel" ? Simulate
            : Learn;
    }

    /// <summary>The roles a graph needs, in the graph's order.</summary>
    public static Values<string> Of(Graph graph) => graph.Nodes.Select(n => Of(graph, n)).Distinct().ToValues();
}
