using Marl.Actors.Core.Messages;

namespace Marl.Actors.Runtime.Cells;

/// <summary>How an interpreter carries things between cells. Calls come from the cell's own thread of control.</summary>
internal interface ITransport
{
    /// <summary>A token towards the link's consumer; takes one reference over.</summary>
    void Deliver(Link link, Message message);

    /// <summary>No more tokens will come on this link.</summary>
    void End(Link link);

    /// <summary>The link's producer may send that many more tokens.</summary>
    void Grant(Link link, int credits);

    /// <summary>
    /// Asked by a producer without credits: those that were granted and lie ready, where grants are not carried as messages. When
    /// there are none, the next ones come as <see cref="StageCell.ReceiveGrant"/>.
    /// </summary>
    int Collect(Link link) => 0;

    /// <summary>A token of an observed port, for whoever watches the run; takes one reference over.</summary>
    void Observe(CellAddress producer, int output, int peer, Message message);
}
