namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>All ways to give each of m members one of m goals: the m! orders, in lexicographic order.</summary>
internal sealed class Allotments
{
    /// <summary>Most members that may be served: 6! = 720 ways.</summary>
    public const int Most = 6;

    private readonly int[] goals; // [ways, members]
    private readonly int members;

    public Allotments(int members)
    {
        this.members = members;
        Count = Ways(members);
        goals = new int[Count * members];
        for (var way = 0; way < Count; way++)
        {
            Fill(way, goals.AsSpan(way * members, members));
        }
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Which goal a member gets.</summary>
    public int this[int way, int member] => goals[(way * members) + member];

    /// <summary>m!.</summary>
    public static int Ways(int members) => members <= 1 ? 1 : members * Ways(members - 1);

    // The digits of the number in the factorial base say which of the goals that are left each member takes.
    private static void Fill(int way, Span<int> row)
    {
        var left = Enumerable.Range(0, row.Length).ToList();
        for (var member = 0; member < row.Length; member++)
        {
            var (digit, rest) = Math.DivRem(way, Ways(row.Length - 1 - member));
            row[member] = left[digit];
            left.RemoveAt(digit);
            way = rest;
        }
    }
}
