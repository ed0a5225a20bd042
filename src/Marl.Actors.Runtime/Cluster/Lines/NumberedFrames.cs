namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>Another node, by what it says of itself.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Uid">A number that it drew when it began.</param>
internal sealed record Correspondent(string Host, int Port, ulong Uid);

/// <summary>
/// How far each node's numbered frames have come. Akka counts them for as long as two nodes live, over all lines between them.
/// One that is ahead may be dropped: whoever sent it sends all that were not acknowledged again, the oldest first, every two
/// seconds (ReliableDeliverySupervisor 1.5.74).
/// </summary>
/// <param name="most">So many nodes are remembered, and of older ones at most as many again: names cost those who call nothing.</param>
internal sealed class NumberedFrames(int most = NumberedFrames.Most)
{
    private const int Most = 1 << 14;

    private readonly Lock gate = new();
    private Dictionary<Correspondent, ulong> recent = [];
    private Dictionary<Correspondent, ulong> older = [];

    /// <summary>Takes the next frame of a node, or one that it repeats.</summary>
    /// <returns>Whether it is one of these.</returns>
    public bool Take(Correspondent from, ulong number)
    {
        lock (gate)
        {
            var next = recent.TryGetValue(from, out var known) || older.TryGetValue(from, out known) ? known : 0;
            if (number > next)
            {
                return false;
            }

            if (recent.Count >= most)
            {
                (older, recent) = (recent, []);
            }

            recent[from] = Math.Max(next, number + 1);
            return true;
        }
    }
}
