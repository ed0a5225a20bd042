using Akka.Actor;
using Marl.Actors.Core.Messages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Runtime.Cells;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Local;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>
/// Carries tokens between the cells of one epoch, wherever they are: within this node as the local interpreter does, to other
/// nodes through peers. Observed tokens go to the leader.
/// </summary>
/// <param name="local">Within this node.</param>
/// <param name="owners">The participant that hosts a cell, by cell.</param>
/// <param name="self">This participant.</param>
/// <param name="peers">By participant; nobody for this one.</param>
/// <param name="activity">What is under way here.</param>
/// <param name="crossings">What goes to and comes from others.</param>
/// <param name="counts">What went along the edges.</param>
internal sealed class HostTransport(LocalTransport local, int[] owners, int self, IActorRef[] peers, Activity activity, Crossings crossings, EdgeCounts counts) : ITransport
{
    /// <summary>A token of a cell here.</summary>
    public void Deliver(Link link, Message message)
    {
        counts.Count(link.Id, message.Layout.Bytes, message.Stamp.Update);
        if (IsHere(link.Consumer))
        {
            local.Deliver(link, message);
        }
        else
        {
            Send(link.Consumer, new Outgoing(new TokenParcel(link.Id, message), link.Edge.Merge == Merge.Latest));
        }
    }

    public void End(Link link)
    {
        if (IsHere(link.Consumer))
        {
            local.End(link);
        }
        else
        {
            Send(link.Consumer, new Outgoing(new EndParcel(link.Id)));
        }
    }

    public void Grant(Link link, int credits)
    {
        if (IsHere(link.Producer))
        {
            local.Grant(link, credits);
        }
        else
        {
            Send(link.Producer, new Outgoing(new GrantParcel(link.Id, credits)));
        }
    }

    public int Collect(Link link) => local.Collect(link);

    public void Observe(CellAddress producer, int output, int peer, Message message) =>
        Send(Leader, new Outgoing(new ObservationParcel(producer.Index, output, peer, message)));

    /// <summary>A token for a cell here, from another node.</summary>
    public void Arrive(Link link, Message message) => local.Deliver(link, message);

    /// <summary>A token for a cell here was superseded on its way by a newer one.</summary>
    public void Skip(Link link) => local.Skip(link);

    /// <summary>The participant that leads.</summary>
    public const int Leader = 0;

    private bool IsHere(CellAddress cell) => owners[cell.Index] == self;

    private void Send(CellAddress cell, Outgoing parcel) => Send(owners[cell.Index], parcel);

    private void Send(int participant, Outgoing parcel)
    {
        crossings.CountSent();
        activity.Enter(); // until the peer has taken it over
        peers[participant].Tell(parcel, ActorRefs.NoSender);
    }
}
