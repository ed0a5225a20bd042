namespace Marl.Actors.Coordination.Collectives;

/// <summary>
/// The part that one participant plays in an all-reduce: in each round it says something to some others, and hears what they
/// say to it. All hold a block of the same length, and after the last round the same result in it.
/// </summary>
internal interface IExchange
{
    /// <summary>Rounds, at least one; in each everybody hears a token, or that there is none, from each other.</summary>
    int Rounds { get; }

    /// <summary>Into how many pieces the mean token divides a block, going by all rounds and pairs.</summary>
    int Over { get; }

    /// <summary>This participant's part, then what has become of it.</summary>
    float[] Block { get; }

    /// <summary>What is said to a participant; nothing when empty.</summary>
    Memory<float> Says(int round, int to);

    /// <summary>Whether a participant says something.</summary>
    bool IsHeard(int round, int from);

    /// <summary>Takes over what a participant says.</summary>
    void Hear(int round, int from, ReadOnlySpan<float> share);

    /// <summary>The round is over: everybody has been heard.</summary>
    void End(int round);
}
