using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Tokens of one edge at both ends, by cycle.</summary>
internal sealed class EdgeFlow
{
    private readonly Fraction passing; // tokens that reach the reader for each that one producing instance sends

    private EdgeFlow(EdgeDraft edge, Rhythm from, int output, Rhythm to, int input, Fraction passing)
    {
        Edge = edge;
        this.passing = passing;
        EndsIteration = from.IterationEnd[output] > 0;
        IsIrregular = from.IsIrregular(output);
        Speaks = from.Speaks(output) || edge.Operators.Any(o => o.SpeaksFirst);
        Sent = EndsIteration ? from.IterationEnd[output] : from.Sent(output);
        Taken = to.Taken(input);
    }

    public EdgeDraft Edge { get; }

    /// <summary>The producer, a clock, sends with the firing that ends an iteration, and <see cref="Sent"/> is for an iteration.</summary>
    public bool EndsIteration { get; }

    /// <summary>How many tokens a firing sends depends on the data.</summary>
    public bool IsIrregular { get; }

    /// <summary>Something comes, ever.</summary>
    public bool Speaks { get; }

    /// <summary>Tokens the producer sends in one of its cycles; null when that varies.</summary>
    public long? Sent { get; }

    /// <summary>Tokens the consumer takes in one of its cycles; null when that varies.</summary>
    public long? Taken { get; }

    public static EdgeFlow Of(EdgeDraft edge, PipelineDraft draft, RhythmTable rhythms)
    {
        var passing = new Fraction(draft.MergeOf(edge) == Merge.AsItComes ? draft.Producers(edge) : 1);
        foreach (var step in edge.Operators)
        {
            var (tokensOut, tokensIn) = step.Component.Passes(step.Use.Options).Rate;
            passing *= tokensIn == 0 ? new(0) : new Fraction(tokensOut, tokensIn);
        }

        return new(edge, rhythms[edge.From], RhythmTable.Output(edge, draft), rhythms[edge.To], RhythmTable.Input(edge, draft), passing);
    }

    /// <summary>Reader's cycles for each cycle of the producer; null when either end has nothing, or nothing known, to count with.</summary>
    public Fraction? Ratio(int iteration)
    {
        if (Sent is not > 0 || Taken is not > 0 || passing.Numerator == 0)
        {
            return null;
        }

        var ratio = new Fraction(Sent.Value) * passing / new Fraction(Taken.Value);
        return EndsIteration ? ratio / new Fraction(iteration) : ratio;
    }

    /// <summary>Tokens that arrive for each cycle of the clock; null when that is not known.</summary>
    public Fraction? Arriving(IReadOnlyDictionary<string, Fraction> rates, int iteration) => Sent is { } sent && rates.TryGetValue(Edge.From, out var rate)
        ? (EndsIteration ? new Fraction(1, iteration) : rate) * new Fraction(sent) * passing
        : null;

    /// <summary>Tokens that are taken for each cycle of the clock; null when that is not known.</summary>
    public Fraction? Taking(IReadOnlyDictionary<string, Fraction> rates) =>
        Taken is { } taken && rates.TryGetValue(Edge.To, out var rate) ? rate * new Fraction(taken) : null;
}
