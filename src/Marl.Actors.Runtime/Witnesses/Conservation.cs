using Marl.Actors.Core.Results;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// What became of the tokens of a run, over all links: <c>Produced + Added = Consumed + Dropped + Pending</c>. Absent tokens,
/// which say that there is nothing, are not counted.
/// </summary>
/// <param name="Produced">Made by stages, once for each reader.</param>
/// <param name="Consumed">Taken by stages.</param>
/// <param name="Added">Passed on more than once: a lag does so with the first version.</param>
/// <param name="Pending">Not taken when the run ended.</param>
/// <param name="Dropped">Let go, by operator; <c>latest</c> stands for those a newer one overtook.</param>
public sealed record Conservation(long Produced, long Consumed, long Added, long Pending, Values<(string Operator, long Tokens)> Dropped)
{
    /// <summary>Of no run.</summary>
    public static Conservation None { get; } = new(0, 0, 0, 0, []);

    /// <summary>Over both.</summary>
    public static Conservation operator +(Conservation a, Conservation b) => new(
        a.Produced + b.Produced,
        a.Consumed + b.Consumed,
        a.Added + b.Added,
        a.Pending + b.Pending,
        a.Dropped.Concat(b.Dropped)
            .GroupBy(d => d.Operator, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(d => d.Tokens)))
            .ToValues());

    /// <summary><c>2400 tokens produced, 2310 consumed, 80 dropped by every, 10 pending</c></summary>
    public override string ToString() => string.Join(", ",
    [
        $"{Produced} tokens produced",
        .. Added > 0 ? [$"{Added} repeated"] : Array.Empty<string>(),
        $"{Consumed} consumed",
        .. Dropped.Select(d => $"{d.Tokens} dropped by {d.Operator}"),
        $"{Pending} pending",
    ]);
}
