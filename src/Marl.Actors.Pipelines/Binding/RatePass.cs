using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Cycles of every stage per vector step of its clock, and the length of an iteration.</summary>
internal sealed record RateTable(IReadOnlyDictionary<string, Fraction> Rates, int Iteration)
{
    /// <summary>Tokens each producing instance sends to each reader per vector step, before the operators.</summary>
    public Fraction Of(EdgeDraft edge, TypeTable types) => Rates[edge.From] * new Fraction(types.Sent(edge) ?? 1);
}

/// <summary>
/// Solves the balance equations of synchronous dataflow (Lee and Messerschmitt 1987): along every edge, as many tokens
/// arrive as are taken. Rates spread from the clocks, each of which does one cycle a vector step.
/// </summary>
internal sealed class RatePass(PipelineDraft draft, TypeTable types, Findings findings)
{
    private readonly Dictionary<string, Fraction> rates = [];

    /// <summary>The rates; null when they contradict each other (and that has been reported).</summary>
    public RateTable? Run()
    {
        try
        {
            return Solve();
        }
        catch (OverflowException)
        {
            ReportLong("more vector steps than can be counted");
            return null;
        }
    }

    private RateTable? Solve()
    {
        foreach (var clock in draft.Stages.Where(s => s.Component!.IsClock))
        {
            rates[clock.Id] = new(1);
        }

        var balanced = FlowOrder.Of(draft).Where(IsBalanced).ToList();
        while (balanced.Exists(Spread))
        {
        }

        foreach (var edge in balanced)
        {
            Check(edge);
        }

        foreach (var stage in draft.Stages.Where(s => !rates.ContainsKey(s.Id)))
        {
            findings.Error(
                CheckCodes.Unclocked, stage.Where, $"Nothing drives '{stage.Id}': no edge says how often it works for each step of a world.", "Connect it to a stage that a world drives.");
        }

        return findings.HasErrors ? null : WithIteration();
    }

    private RateTable? WithIteration()
    {
        var steps = draft.Stages.Where(s => s.Purpose == Purpose.Training).Aggregate(1L, (lcm, s) => Fraction.Lcm(lcm, rates[s.Id].Denominator));
        if (steps <= int.MaxValue)
        {
            return new(rates, (int)steps);
        }

        ReportLong($"{steps} vector steps");
        return null;
    }

    private void ReportLong(string length) => findings.Error(
        CheckCodes.LongIteration, draft.File.Name.Where, $"One iteration of the whole graph would take {length}.", "Choose rollout lengths and 'every' counts with a small common multiple.");

    /// <summary>Arrivals equal takings, unless the reader takes the newest or the ends have clocks of their own.</summary>
    private bool IsBalanced(EdgeDraft edge)
    {
        var merge = draft.MergeOf(edge);
        return !edge.IsFeed
            && merge != Merge.Latest
            && (merge != Merge.AsItComes || draft.Into(edge.To, edge.Input.Name).Count() == 1)
            && types.Sent(edge) > 0 && types.Taken(edge) > 0;
    }

    /// <summary>Reader's cycles for each cycle of the producer.</summary>
    private Fraction Ratio(EdgeDraft edge)
    {
        var ratio = new Fraction(types.Sent(edge)!.Value) / new Fraction(types.Taken(edge)!.Value);
        foreach (var step in edge.Operators)
        {
            var (tokensOut, tokensIn) = step.Component.Rate(step.Use.Options);
            ratio *= new Fraction(tokensOut, tokensIn);
        }

        return draft.MergeOf(edge) == Merge.AsItComes ? ratio * new Fraction(draft.Producers(edge)) : ratio;
    }

    private bool Spread(EdgeDraft edge)
    {
        if (rates.ContainsKey(edge.From) == rates.ContainsKey(edge.To))
        {
            return false;
        }

        if (rates.TryGetValue(edge.From, out var rate))
        {
            rates[edge.To] = rate * Ratio(edge);
        }
        else
        {
            rates[edge.From] = rates[edge.To] / Ratio(edge);
        }

        return true;
    }

    private void Check(EdgeDraft edge)
    {
        if (!rates.TryGetValue(edge.From, out var sending) || !rates.TryGetValue(edge.To, out var taking) || sending * Ratio(edge) == taking)
        {
            return;
        }

        var taken = new Fraction(types.Taken(edge)!.Value);
        findings.Error(
            CheckCodes.Rates,
            edge.Where,
            $"Tokens a vector step along this edge: '{edge.Source}' brings {sending * Ratio(edge) * taken}, but '{edge.Target}' takes {taking * taken}. It would run full or dry.",
            "Make the lengths of both sides agree, or bridge them with every(…).");
    }
}
