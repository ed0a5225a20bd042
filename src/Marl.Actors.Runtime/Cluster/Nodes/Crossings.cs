namespace Marl.Actors.Runtime.Cluster.Nodes;

/// <summary>What a participant of a run has sent to and received from the others since the epoch began. Counted on any thread.</summary>
internal sealed class Crossings
{
    private long sent;
    private long received;

    public long Sent => Interlocked.Read(ref sent);

    public long Received => Interlocked.Read(ref received);

    /// <summary>Before it is handed to the peer, so that nobody sees less sent than received.</summary>
    public void CountSent() => Interlocked.Increment(ref sent);

    /// <summary>After whoever it is for has been told, and is busy.</summary>
    public void CountReceived() => Interlocked.Increment(ref received);
}
