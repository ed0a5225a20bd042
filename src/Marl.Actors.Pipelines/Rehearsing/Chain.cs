using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Rehearsing;

/// <summary>The operators of an edge, as far as numbers of tokens go.</summary>
internal sealed class Chain(Values<OperatorUse> operators)
{
    private readonly Passing[] steps = [.. operators.Select(o => o.Component.Passes(o.Options)).Where(p => p != Passing.OneForOne)];

    /// <summary>A token out for each in.</summary>
    public bool IsPlain => steps.Length == 0;

    /// <summary>Tokens that have reached the reader when the producer has sent so many.</summary>
    public long Count(long sent)
    {
        foreach (var step in steps)
        {
            sent = step.Count(sent);
        }

        return sent;
    }

    /// <summary>Tokens the producer must send until one more comes out; null when none ever will.</summary>
    public long? UntilNext(long sent)
    {
        var (count, more) = (Count(sent), 1L);
        while (Count(sent + more) == count)
        {
            more *= 2;
            if (more > 1L << 40)
            {
                return null;
            }
        }

        return Search.Least(1, more, m => Count(sent + m) > count);
    }

    /// <summary>
    /// Where in its patterns each operator is: two equal answers, and it goes on alike. An operator in its opening is at a place
    /// it never comes back to.
    /// </summary>
    public Values<long> Phases(long sent)
    {
        var phases = new long[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var (opening, cycle) = (Tokens(steps[i].Opening), Math.Max(1, Tokens(steps[i].Cycle)));
            phases[i] = sent < opening ? sent : opening + ((sent - opening) % cycle);
            sent = steps[i].Count(sent);
        }

        return phases.ToValues();
    }

    /// <summary>Tokens the producer may send before what each of them brings changes.</summary>
    public long Stretch(long sent)
    {
        var (least, each) = (long.MaxValue, 1L);
        foreach (var step in steps)
        {
            if (each == 0)
            {
                break;
            }

            var (left, brings) = At(step, sent);
            least = Math.Min(least, left / each);
            each *= brings;
            sent = step.Count(sent);
        }

        return least;
    }

    /// <summary>Tokens an operator still takes as it takes the next one, and what each brings.</summary>
    private static (long Left, long Brings) At(Passing step, long taken)
    {
        foreach (var (tokens, each) in step.Opening)
        {
            if (taken < tokens)
            {
                return (tokens - taken, each);
            }

            taken -= tokens;
        }

        if (step.Cycle is [var only])
        {
            return (long.MaxValue, only.Out);
        }

        taken %= Math.Max(1, Tokens(step.Cycle));
        foreach (var (tokens, each) in step.Cycle)
        {
            if (taken < tokens)
            {
                return (tokens - taken, each);
            }

            taken -= tokens;
        }

        return (0, 0);
    }

    private static long Tokens(Values<(int Tokens, int Out)> steps) => steps.Sum(s => (long)s.Tokens);
}

/// <summary>Finds a threshold in a range of numbers.</summary>
internal static class Search
{
    /// <summary>The least number from <paramref name="low"/> to <paramref name="high"/> for which something holds that goes on holding from there, and holds of the last.</summary>
    public static long Least(long low, long high, Predicate<long> holds)
    {
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
