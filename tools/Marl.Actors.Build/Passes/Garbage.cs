namespace Marl.Actors.Build.Passes;

/// <summary>
/// Keeps the checker small. .NET lets garbage pile up to the size of the processor's cache, which may be 32 MB and more; what is
/// left of one step is given back before the next, at the cost of a millisecond or two.
/// </summary>
internal static class Garbage
{
    private const long Enough = 12_000_000; // bytes: small projects never come to this

    private static long collected;

    /// <summary>Collects if there is enough of it.</summary>
    public static void Collect()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected > Enough)
        {
            GC.Collect(generation: 0);
            collected = allocated;
        }
    }
}
