using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Cells;

/// <summary>
/// Watches one cell: what its stage took, asked and sent. Called on the cell's own thread of control, in the order in which
/// things happen: <see cref="Began"/>, what Start sends, <see cref="Fired"/>; then for each firing <see cref="Took"/>, what it
/// sends, <see cref="Fired"/>; at last <see cref="Ended"/>. Between firings tokens come in: <see cref="Entered"/>,
/// <see cref="Passed"/>, <see cref="Closed"/>. A watch that throws fails its stage.
/// </summary>
internal interface ICellWatch
{
    /// <summary>The stage begins: fresh before its Start (null), or after it has loaded a saved state, and then without a Start.</summary>
    void Began(StageSnapshot? from)
    {
    }

    /// <summary>Before a resumed stage begins: a token that waits to be taken, or to be sent. Not told when a cell is replaced within a run.</summary>
    /// <param name="link">An input of the cell, or an output.</param>
    /// <param name="message">The token.</param>
    void Brought(Link link, Message message)
    {
    }

    /// <summary>A token of an input enters an operator, or the lane the stage takes from.</summary>
    /// <param name="link">Where it came from.</param>
    /// <param name="position">Which operator of the edge; behind the last one it is the lane.</param>
    /// <param name="message">The token.</param>
    void Entered(Link link, int position, Message message)
    {
    }

    /// <summary>The token that came last is through all operators, as far as they pass it on.</summary>
    void Passed(Link link)
    {
    }

    /// <summary>The end of an input has come, and its operators have let go what they held.</summary>
    void Closed(Link link)
    {
    }

    /// <summary>The stage is about to fire with these tokens, which have been through operators and merges. Not to be kept.</summary>
    void Took(Firing firing)
    {
    }

    /// <summary>The stage asked whether somebody reads a port.</summary>
    void Asked(int port, bool isRead)
    {
    }

    /// <summary>The stage sends; nobody can have released the message yet.</summary>
    /// <param name="port">Output port index.</param>
    /// <param name="peer">The reading instance it is for, or −1 when it is for all.</param>
    /// <param name="message">The token; <see cref="Message.Retain"/> keeps it.</param>
    void Sent(int port, int peer, Message message)
    {
    }

    /// <summary>The Start or the firing is over; not told when it threw.</summary>
    void Fired()
    {
    }

    /// <summary>The stage never fires again.</summary>
    void Ended()
    {
    }
}

/// <summary>Decides which cells of a run it watches.</summary>
internal interface ICellWatcher
{
    /// <summary>The watch of a cell; null where it is of no interest. Called once for each cell before the run begins.</summary>
    ICellWatch? Watch(CellAddress cell, Topology topology);
}
