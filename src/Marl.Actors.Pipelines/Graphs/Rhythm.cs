using Marl.Actors.Core.Results;

namespace Marl.Actors.Pipelines.Graphs;

/// <summary>A stage's firing pattern in numbers, by port index: what it sends at its start, firings it does once, and its cycle.</summary>
/// <param name="Start">What its Start sends to each reader, by output.</param>
/// <param name="Opening">Firings before the first cycle.</param>
/// <param name="Cycle">The firings that repeat; empty for a stage that ends.</param>
/// <param name="IterationEnd">Clocks: what the firing that ends an iteration of the graph sends besides, by output.</param>
public sealed record Rhythm(Values<long> Start, Values<Beat> Opening, Values<Beat> Cycle, Values<long> IterationEnd)
{
    /// <summary>By output: which reader gets a token in which firing is known only while running; a cycle's count is the average, and the most of one firing. Empty for none.</summary>
    public Values<bool> DecidedAtRunTime { get; init; } = [];

    /// <summary>It sends before it receives.</summary>
    public bool SpeaksFirst => Start.Any(tokens => tokens > 0);

    /// <summary>How often it fires in a cycle is known only while running.</summary>
    public bool Varies => Cycle.Any(b => b.Repeat is null);

    /// <summary>Tokens a cycle takes from each producer of an input; null when that varies.</summary>
    public long? Taken(int input) => PerCycle(b => b.Taken[input]);

    /// <summary>Tokens a cycle sends to each reader of an output; null when that varies.</summary>
    public long? Sent(int output) => PerCycle(b => b.Sent[output]);

    /// <summary>Tokens every firing of the cycle takes; null when they differ.</summary>
    public long? TakenByEach(int input) => Same(b => b.Taken[input]);

    /// <summary>Tokens every firing of the cycle sends; null when they differ.</summary>
    public long? SentByEach(int output) => Same(b => b.Sent[output]);

    /// <summary>The most tokens one firing takes from each producer of an input.</summary>
    public long MostTaken(int input) => Opening.Concat(Cycle).Select(b => b.Taken[input]).DefaultIfEmpty().Max();

    /// <summary>How many tokens a firing sends to an output depends on the data.</summary>
    public bool IsIrregular(int output) => Opening.Concat(Cycle).Any(b => b.Sent[output] is null);

    /// <summary>Something goes out of the output, ever.</summary>
    public bool Speaks(int output) => Start[output] > 0 || IterationEnd[output] > 0 || Opening.Concat(Cycle).Any(b => b.Repeat != 0 && b.Sent[output] != 0);

    /// <summary>The same with an iteration for its cycle, where a firing that ends one sends something besides.</summary>
    /// <exception cref="InvalidOperationException">A firing of the cycle is not like the others: a clock's are.</exception>
    public Rhythm Unrolled(int iteration)
    {
        if (IterationEnd.All(tokens => tokens == 0))
        {
            return this;
        }

        if (Cycle is not [{ Repeat: 1 } step])
        {
            throw new InvalidOperationException("Only a clock ends iterations, and one firing is its whole cycle.");
        }

        var last = step with { Sent = step.Sent.Zip(IterationEnd, (sent, more) => sent + more).ToValues() };
        return this with { Cycle = [step with { Repeat = iteration - 1 }, last], IterationEnd = IterationEnd.Select(_ => 0L).ToValues() };
    }

    private long? PerCycle(Func<Beat, long?> tokens)
    {
        long? sum = 0;
        foreach (var beat in Cycle)
        {
            sum += tokens(beat) == 0 ? 0 : tokens(beat) * beat.Repeat;
        }

        return sum;
    }

    private long? Same(Func<Beat, long?> tokens)
    {
        var counts = Cycle.Where(b => b.Repeat != 0).Select(tokens).Distinct().ToList();
        return counts is [var only] ? only : null;
    }
}

/// <summary>Firings that are alike.</summary>
/// <param name="Repeat">How many; null when that is known only while running.</param>
/// <param name="Taken">What each takes from each producer, by input.</param>
/// <param name="Sent">What each sends to each reader, by output; null when that depends on the data.</param>
/// <param name="Group">Neighbours of one number other than 0 take turns, one firing each, as often as they all repeat.</param>
public sealed record Beat(long? Repeat, Values<long> Taken, Values<long?> Sent, int Group = 0);
