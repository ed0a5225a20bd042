using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Local;

/// <summary>A token on its way. Lives in its link's ring and is reused once the credit has come back.</summary>
internal sealed class Delivery(Link link)
{
    public Link Link { get; } = link;

    /// <summary>The consumer's end, once it has looked for it.</summary>
    public InLink? Input { get; set; }

    public Message Message { get; set; } = null!;
}

/// <summary>The producer of a link has ended.</summary>
internal sealed record StreamEnd(Link Link);

/// <summary>A token of a link was superseded by a newer one before it came.</summary>
internal sealed record Skipped(Link Link);

/// <summary>The consumer of a link has made room for more, which its producer waits for: the <see cref="Purse"/> holds how much.</summary>
internal sealed record Grant(Link Link);

/// <summary>Begin, fresh or from a snapshot; clocks hold at the given vector step.</summary>
internal sealed record Begin(long HoldAt, StageSnapshot? Snapshot);

/// <summary>Clocks hold at the given vector step.</summary>
internal sealed record Hold(long VectorSteps);

/// <summary>Clocks end now.</summary>
internal sealed record Finish
{
    public static Finish Instance { get; } = new();
}

/// <summary>Make room on a full link.</summary>
internal sealed record GrowLink(Link Link);

/// <summary>A block of an edge's operators has work to do in the actor's turn.</summary>
internal sealed record RunTask(Task Task);

/// <summary>Say how you are. Asked only while nothing is under way.</summary>
internal sealed record StatusRequest(bool WithState);

/// <summary>Nothing is under way any more.</summary>
internal sealed record Quiescent
{
    public static Quiescent Instance { get; } = new();
}

/// <summary>Somebody asks the run to stop.</summary>
internal sealed record StopRun
{
    public static StopRun Instance { get; } = new();
}

/// <summary>A token for the run's observer.</summary>
internal sealed record Observation(CellAddress Producer, int Output, int Peer, Message Message);
