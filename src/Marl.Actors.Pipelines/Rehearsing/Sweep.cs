namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>One round, there and back, in which every player fires as often as it can.</summary>
internal sealed class Sweep(Recording? recording)
{
    private const long Longest = 10_000; // attempts: who has tokens for more goes on in the next sweep

    /// <summary>Attempts to fire.</summary>
    public long Attempts { get; private set; }

    /// <summary>Somebody fired.</summary>
    public bool HasFired { get; private set; }

    /// <summary>Who fired how often: sweeps that did the same have the same.</summary>
    public ulong Hash { get; private set; }

    public bool MayGoOn => Attempts < Longest;

    /// <summary>A player is about to fire so often.</summary>
    public void Note(Player player, long firings)
    {
        Attempts++;
        recording?.Note(player, firings);
        if (firings > 0)
        {
            HasFired = true;
            Hash = (Hash ^ (((ulong)player.Index << 40) ^ ((ulong)player.At << 24) ^ (ulong)firings)) * 0x9E3779B97F4A7C15;
            Hash ^= Hash >> 29;
        }
    }
}
