using Akka.Actor;
using Akka.Cluster.Serialization;

namespace Marl.Actors.Runtime.Wire;

/// <summary>
/// Lets through what nodes say to become a cluster and to stay one. The rest would give another node up by one message, or
/// make routers; a node of ours says neither from afar.
/// </summary>
internal sealed class MembershipGate(ExtendedActorSystem system) : Gate(
    system,
    new ClusterMessageSerializer(system),
    Words(
        Actions.Select(action => $"Akka.Cluster.InternalClusterAction+{action}, Akka.Cluster")
            .Concat(["HB", "HBR", "Akka.Cluster.GossipStatus, Akka.Cluster", "Akka.Cluster.GossipEnvelope, Akka.Cluster"])))
{
    private static string[] Actions => ["Join", "Welcome", "InitJoin", "InitJoinAck", "InitJoinNack", "ExitingConfirmed"];
}
