using Akka.Actor;
using Akka.Cluster;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>Who is in the cluster, as far as this node has heard.</summary>
internal sealed class Roll
{
    private readonly Akka.Cluster.Cluster cluster;
    private readonly SortedDictionary<string, Member> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreachable = [];

    public Roll(ActorSystem system) => cluster = Akka.Cluster.Cluster.Get(system);

    /// <summary>This node's address.</summary>
    public string Own => cluster.SelfAddress.ToString();

    public void Watch(IActorRef actor) => cluster.Subscribe(
        actor, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    public void Unwatch(IActorRef actor) => cluster.Unsubscribe(actor);

    /// <summary>Takes an event of the cluster in.</summary>
    /// <returns>Whether it was one.</returns>
    public bool Note(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up:
                members[$"{up.Member.Address}"] = up.Member;
                return true;
            case ClusterEvent.MemberRemoved { Member: var gone }:
                Remove(gone);
                return true;
            case ClusterEvent.MemberDowned { Member: var gone }:
                Remove(gone);
                return true;
            case ClusterEvent.MemberExited { Member: var gone }:
                Remove(gone);
                return true;
            case ClusterEvent.UnreachableMember away:
                unreachable.Add($"{away.Member.Address}");
                return true;
            case ClusterEvent.ReachableMember back:
                unreachable.Remove($"{back.Member.Address}");
                return true;
            default:
                return false;
        }
    }

    /// <summary>The node is part of the cluster, though perhaps not heard at the moment.</summary>
    public bool Knows(string address) => members.ContainsKey(address);

    /// <summary>Nodes that are there and have one of the roles, by address.</summary>
    public Values<Candidate> Able(Values<string> roles) =>
    [
        .. members
            .Where(m => !unreachable.Contains(m.Key) && m.Value.Roles.Any(roles.Contains))
            .Select(m => new Candidate(m.Key, [.. m.Value.Roles.Order(StringComparer.Ordinal)])),
    ];

    /// <summary>A process that was started anew at the same address is another member: only the one that is meant is removed.</summary>
    private void Remove(Member gone)
    {
        var address = $"{gone.Address}";
        if (members.TryGetValue(address, out var known) && known.UniqueAddress.Equals(gone.UniqueAddress))
        {
            members.Remove(address);
            unreachable.Remove(address);
        }
    }
}
