namespace Marl.Actors.Runtime.Cluster.Leading;

/// <summary>What a node has to say about itself: whether nothing is under way in it, and what it has sent to and received from others.</summary>
/// <param name="IsQuiet">Nothing is under way in it.</param>
/// <param name="Sent">Tokens, credits and orders sent to other nodes, since the epoch's beginning.</param>
/// <param name="Received">The same received, and handed on.</param>
internal readonly record struct Stillness(bool IsQuiet, long Sent, long Received);

/// <summary>
/// Finds out when nothing is under way anywhere, though nobody sees everything at once: the four-counter method (Mattern,
/// "Algorithms for distributed termination detection", 1987). When all reports say "quiet" and as much was received as sent,
/// everybody is asked again; if nobody has stirred since the first answers, nothing was on its way between the two waves.
/// </summary>
/// <param name="nodes">How many nodes report.</param>
internal sealed class Waves(int nodes)
{
    private readonly Stillness[] reports = new Stillness[nodes];
    private readonly bool[] answered = new bool[nodes];
    private int waitingFor;
    private bool isUnchanged;

    /// <summary>Number of the wave under way, or of the last one.</summary>
    public int Number { get; private set; }

    /// <summary>A wave is under way.</summary>
    public bool IsAsking => waitingFor > 0;

    /// <summary>A node reports by itself.</summary>
    public void Report(int node, Stillness stillness) => Note(node, stillness);

    /// <summary>Whether it is worth asking everybody; if so, the wave has begun.</summary>
    public bool TryBegin()
    {
        if (IsAsking || !Balanced())
        {
            return false;
        }

        Number++;
        waitingFor = nodes;
        isUnchanged = true;
        Array.Clear(answered);
        return true;
    }

    /// <summary>A node answers a wave.</summary>
    /// <returns>True when this was the last answer and nothing is under way anywhere.</returns>
    public bool Answer(int node, int wave, Stillness stillness)
    {
        if (wave != Number || !IsAsking || answered[node])
        {
            return false;
        }

        answered[node] = true;
        Note(node, stillness);
        waitingFor--;
        return waitingFor == 0 && isUnchanged && Balanced();
    }

    private void Note(int node, Stillness stillness)
    {
        isUnchanged &= reports[node] == stillness && stillness.IsQuiet;
        reports[node] = stillness;
    }

    private bool Balanced()
    {
        var (sent, received) = (0L, 0L);
        foreach (var report in reports)
        {
            if (!report.IsQuiet)
            {
                return false;
            }

            sent += report.Sent;
            received += report.Received;
        }

        return sent == received;
    }
}
