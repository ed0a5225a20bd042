using System.Globalization;
using Marl.Actors.Runtime.Cluster.Lines;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>Akka's settings of a node, one key a line as its parser wants them.</summary>
internal static class NodeConfiguration
{
    /// <summary>
    /// The role of the node that a cluster began with. When the cluster falls apart, the part with the anchor goes on and the
    /// others end their processes; with a majority rule two nodes could not lose one of them (measured, research/akka.md).
    /// </summary>
    public const string Anchor = "anchor";

    public static string Hocon(NodeOptions options) => $$"""
        akka.actor.provider = cluster
        akka.stdout-loglevel = off
        akka.remote.log-remote-lifecycle-events = off
        akka.cluster.roles = [{{string.Join(", ", Roles(options).Select(r => $"\"{r}\""))}}]
        akka.cluster.failure-detector.heartbeat-interval = {{Ms(options.Vigilance.Heartbeat)}}
        akka.cluster.failure-detector.acceptable-heartbeat-pause = {{Ms(options.Vigilance.Pause)}}
        akka.cluster.gossip-interval = 200ms
        akka.cluster.leader-actions-interval = 200ms
        akka.cluster.periodic-tasks-initial-delay = 100ms
        akka.cluster.run-coordinated-shutdown-when-down = off
        akka.cluster.downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
        akka.cluster.split-brain-resolver.active-strategy = static-quorum
        akka.cluster.split-brain-resolver.stable-after = {{Ms(options.Vigilance.Stable)}}
        akka.cluster.split-brain-resolver.static-quorum.quorum-size = 1
        akka.cluster.split-brain-resolver.static-quorum.role = {{Anchor}}
        """ + "\n" + WireConfiguration.Hocon + "\n" + Transport(options);

    private static string Transport(NodeOptions options) =>
        NodeTransport.Hocon(options.Listen!.Host, options.Listen.Port, WireConfiguration.FrameSize, options.Credentials is not null);

    private static IEnumerable<string> Roles(NodeOptions options) => options.Join is null ? options.Roles.Append(Anchor) : options.Roles;

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture) + "ms";
}
