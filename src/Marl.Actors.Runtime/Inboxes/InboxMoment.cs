using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Runtime.Inboxes;

/// <summary>A token on its way out of a stage.</summary>
/// <param name="Port">Output port index.</param>
/// <param name="Peer">The reading instance it is for, or −1 when it is for all.</param>
/// <param name="Message">The token.</param>
internal readonly record struct SentToken(int Port, int Peer, Message Message);

/// <summary>One thing a recorded stage did: its beginning, or a firing.</summary>
internal sealed class InboxMoment
{
    /// <summary>The saved state it began from; null for a firing and for a Start.</summary>
    public StageSnapshot? State { get; init; }

    /// <summary>The tokens it took; null for a beginning.</summary>
    public Firing? Firing { get; init; }

    /// <summary>Logical time of the first of them.</summary>
    public Stamp? Stamp { get; init; }

    /// <summary>What it was told about ports it asked for.</summary>
    public Dictionary<int, bool> Answers { get; } = [];

    /// <summary>What it sent, in order.</summary>
    public List<SentToken> Sent { get; } = [];

    /// <summary>It came to its end; otherwise the stage failed in it, or the run was torn down.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Gives all tokens back.</summary>
    public void Release()
    {
        Firing?.Release();
        Sent.ForEach(s => s.Message.Release());
        Sent.Clear();
    }
}
