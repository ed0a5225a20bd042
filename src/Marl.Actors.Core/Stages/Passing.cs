using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// How many tokens come out of an operator as tokens go in: some before the first, an opening, then a cycle. What it sends when
/// its producer ends (<see cref="IOperator.End"/>) does not count.
/// </summary>
public sealed record Passing
{
    /// <summary>A token out for each in.</summary>
    public static Passing OneForOne { get; } = new();

    /// <summary>Tokens it sends before the first arrives: these open a loop.</summary>
    public int Start { get; init; }

    /// <summary>Once, at the beginning: so many tokens in a row, each of which brings so many out.</summary>
    public Values<(int Tokens, int Out)> Opening { get; init; } = [];

    /// <summary>Then again and again.</summary>
    public Values<(int Tokens, int Out)> Cycle { get; init; } = [(1, 1)];

    /// <summary>Tokens out per tokens in, in the long run.</summary>
    public (long Out, long In) Rate => (Out(Cycle), In(Cycle));

    /// <summary>Whole tokens by which it is ahead of its rate once its opening is over (a lag of n leaves n): the edge needs room for them.</summary>
    public long Ahead
    {
        get
        {
            var (tokensOut, tokensIn) = Rate;
            return Math.Max(0, Start + Out(Opening) - (In(Opening) * tokensOut / Math.Max(1, tokensIn)));
        }
    }

    /// <summary>Tokens that have come out when so many have gone in.</summary>
    public long Count(long tokens)
    {
        var count = (long)Start;
        foreach (var (length, each) in Opening)
        {
            var taken = Math.Min(tokens, length);
            count += taken * each;
            tokens -= taken;
        }

        if (tokens == 0 || In(Cycle) == 0)
        {
            return count;
        }

        count += tokens / In(Cycle) * Out(Cycle);
        tokens %= In(Cycle);
        foreach (var (length, each) in Cycle)
        {
            var taken = Math.Min(tokens, length);
            count += taken * each;
            tokens -= taken;
        }

        return count;
    }

    private static long In(Values<(int Tokens, int Out)> steps)
    {
        var sum = 0L;
        foreach (var (tokens, _) in steps)
        {
            sum += tokens;
        }

        return sum;
    }

    private static long Out(Values<(int Tokens, int Out)> steps)
    {
        var sum = 0L;
        foreach (var (tokens, each) in steps)
        {
            sum += (long)tokens * each;
        }

        return sum;
    }
}
