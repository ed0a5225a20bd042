namespace Marl.Actors.Runtime.Inboxes;

/// <summary>What the next bytes of a recorded inbox tell.</summary>
internal enum InboxMark : byte
{
    /// <summary>The stage begins afresh.</summary>
    Start = 1,

    /// <summary>The stage begins from a saved state, which follows.</summary>
    State,

    /// <summary>A firing: for each port and producer the tokens.</summary>
    Firing,

    /// <summary>Whether an output port is read, as the stage was told when it asked first, or otherwise than before.</summary>
    Answer,

    /// <summary>The stage sends: port, reader (−1 for all), token.</summary>
    Sent,

    /// <summary>The Start or the firing is over.</summary>
    Fired,

    /// <summary>The stage never fires again.</summary>
    Ended,

    /// <summary>Nothing follows but the numbers of firings, tokens taken and tokens sent, and the checksum.</summary>
    Close,
}
