namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>Notices when sweeps begin to repeat: when the last few did what the few before them did.</summary>
internal sealed class Repetition
{
    private const int Longest = 16;

    private readonly ulong[] recent = new ulong[Longest];
    private readonly int[] runs = new int[Longest + 1]; // by period: sweeps in a row that equal the one a period earlier
    private long count;
    private long quietUntil;
    private long patience = 1;

    public void Clear()
    {
        Array.Clear(runs);
        (count, quietUntil, patience) = (0, 0, 1);
    }

    /// <summary>Another sweep, by what it did.</summary>
    /// <returns>The least number of sweeps that has just been repeated; null when there is none, or none was of use lately.</returns>
    public int? Period(ulong hash)
    {
        int? found = null;
        for (var period = (int)Math.Min(count, Longest); period >= 1; period--)
        {
            runs[period] = recent[(count - period) % Longest] == hash ? runs[period] + 1 : 0;
            found = runs[period] >= period ? period : found;
        }

        recent[count % Longest] = hash;
        count++;
        return count >= quietUntil ? found : null;
    }

    /// <summary>How often the sweeps could be repeated at a stroke. After a failure it waits, each time longer.</summary>
    public void Found(long times)
    {
        Array.Clear(runs);
        patience = times > 0 ? 1 : patience * 2;
        quietUntil = count + patience;
    }
}
