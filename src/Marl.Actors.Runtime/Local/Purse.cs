using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Local;

/// <summary>
/// The credits of a link that its consumer has given and its producer has not yet taken. They lie in memory that both see: a
/// message goes to a producer that has looked, found none and waits, and to no other.
/// </summary>
internal sealed class Purse(Link link)
{
    private const int Awaited = -1;

    private int credits; // or Awaited

    /// <summary>Tells the producer to look again.</summary>
    public Grant Message { get; } = new(link);

    /// <summary>The consumer gives some. True when the producer waits for them and must be told.</summary>
    public bool Give(int more)
    {
        while (true)
        {
            var before = Volatile.Read(ref credits);
            if (Interlocked.CompareExchange(ref credits, Math.Max(before, 0) + more, before) == before)
            {
                return before == Awaited;
            }
        }
    }

    /// <summary>The producer takes all there are; after 0 it is told when there are some.</summary>
    public int Take()
    {
        while (true)
        {
            var before = Volatile.Read(ref credits);
            if (before == Awaited || Interlocked.CompareExchange(ref credits, before == 0 ? Awaited : 0, before) == before)
            {
                return Math.Max(before, 0);
            }
        }
    }
}
