using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Coordination.Populations;

/// <summary>Who goes on from whose weights.</summary>
/// <param name="From">By seat, the seat of the member it goes on from.</param>
/// <param name="IsCopy">By seat: it explores. The others go on with a member that nobody else sits down as, or were copied.</param>
internal sealed record Exchange(int[] From, bool[] IsCopy)
{
    /// <summary>All go on as they are.</summary>
    public static Exchange Nothing(int count) => new([.. Enumerable.Range(0, count)], new bool[count]);

    /// <summary>
    /// Truncation selection (Jaderberg et al. 2017, section 4.1): each of the lowest copies one of the highest, drawn evenly. Of
    /// equal scores the first seat's is the higher.
    /// </summary>
    public static Exchange Of(PbtOptions options, double[] scores, ref RandomStream random)
    {
        var count = scores.Length;
        if (options.Exploit == Exploit.None || count < 2)
        {
            return Nothing(count);
        }

        var ranked = Enumerable.Range(0, count).OrderByDescending(seat => scores[seat]).ToArray(); // stable
        var cut = Math.Max(1, (int)(options.Fraction * count));
        var (from, isCopy) = (new int[count], new bool[count]);
        for (var rank = 0; rank < count; rank++)
        {
            var seat = options.Inherit == Inheritance.All ? rank : ranked[rank];
            isCopy[seat] = rank >= count - cut;
            from[seat] = ranked[isCopy[seat] ? random.NextInt(cut) : rank];
        }

        return new(from, isCopy);
    }
}
