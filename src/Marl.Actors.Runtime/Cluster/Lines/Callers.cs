namespace Marl.Actors.Runtime.Cluster.Lines;

/// <summary>
/// Counts the lines of those who call. One is counted until it is closed and Akka has let go of it, which takes an actor or
/// five a line their time: a node without processor time once grew by 1.4 GB under 12,000 callers who had long hung up.
/// </summary>
internal sealed class Callers
{
    private const int Most = 512; // a node of the cluster is one
    private const int MostEnded = 16; // closed, but not let go of: until these are gone nobody else is let in

    private int all;
    private int ended;

    /// <summary>Those who have hung up keep Akka busy enough: the others may wait in the system's queue.</summary>
    public bool IsBehind => Volatile.Read(ref ended) > MostEnded;

    /// <summary>One more.</summary>
    /// <returns>Or there are too many.</returns>
    public bool Admit()
    {
        if (Interlocked.Increment(ref all) <= Most)
        {
            return true;
        }

        Interlocked.Decrement(ref all);
        return false;
    }

    /// <summary>A line is closed that Akka still has.</summary>
    public void End() => Interlocked.Increment(ref ended);

    /// <summary>Akka has let go of a closed line.</summary>
    public void Bury() => Interlocked.Decrement(ref ended);

    /// <summary>A line is closed, and Akka hasn't it.</summary>
    public void Leave() => Interlocked.Decrement(ref all);
}
