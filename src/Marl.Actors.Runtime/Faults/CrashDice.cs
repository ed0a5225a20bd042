using Marl.Actors.Core.Randomness;
using Marl.Actors.Pipelines.Campaigns;

namespace Marl.Actors.Runtime.Faults;

/// <summary>Draws when one cell crashes.</summary>
internal sealed class CrashDice(Crash[] crashes, RandomKey key)
{
    private const int MostInVain = 3; // crashes without getting further: a stage that always crashes does nothing
    private const int MostSends = 4;

    private RandomStream stream = key.Stream();
    private long furthest;
    private int inVain;

    /// <summary>The cell never crashes.</summary>
    public bool IsSafe => crashes.Length == 0;

    /// <summary>Crashes drawn so far.</summary>
    public long Drawn { get; private set; }

    /// <summary>The fate of a firing.</summary>
    /// <param name="firing">Which, from 1; firings done again keep their numbers.</param>
    /// <returns>How much it sends before the cell crashes (it may have less to send); null when it doesn't crash.</returns>
    public int? Next(long firing)
    {
        var isNew = firing > furthest;
        if (isNew)
        {
            (furthest, inVain) = (firing, 0);
        }

        var isHit = false;
        foreach (var crash in crashes)
        {
            isHit |= stream.NextDouble() < crash.Probability | (isNew && crash.At.Contains(firing));
        }

        if (!isHit || inVain == MostInVain)
        {
            return null;
        }

        inVain++;
        Drawn++;
        return stream.NextInt(MostSends);
    }
}
