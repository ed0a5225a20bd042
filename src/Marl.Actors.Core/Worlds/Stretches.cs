using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Worlds;

/// <summary>
/// What can be had together of things in a row: stretches of neighbouring ones. Worlds that value them and auctions that sell
/// them count them in this order: single things first, then pairs, up to the longest.
/// </summary>
public static class Stretches
{
    /// <summary>The most things in a row: a bit each.</summary>
    public const int MostItems = 64;

    /// <summary>How many there are.</summary>
    public static int Count(int items, int longest) => Enumerable.Range(1, Math.Min(items, longest)).Sum(length => items - length + 1);

    /// <summary>The things in each, bit i for the i-th.</summary>
    public static Values<ulong> Of(int items, int longest) => Enumerable.Range(1, Math.Min(items, longest))
        .SelectMany(length => Enumerable.Range(0, items - length + 1).Select(first => (ulong.MaxValue >> (MostItems - length)) << first))
        .ToValues();
}
