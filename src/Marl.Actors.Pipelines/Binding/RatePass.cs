using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Checks;
using Marl.Actors.Pipelines.Graphs;

namespace Marl.Actors.Pipelines.Binding;

/// <summary>Cycles of every stage per cycle of its clock (null where that varies), and the length of an iteration in vector steps.</summary>
internal sealed record RateTable(IReadOnlyDictionary<string, Fraction?> Rates, int Iteration);

/// <summary>
/// Solves the balance equations of synchronous dataflow (Lee and Messerschmitt 1987): along every edge, as many tokens
/// arrive as are taken. Rates spread from the clocks, each of which does one cycle a vector step (a pass, in evaluation).
/// Where a stage's firings vary, so do its neighbours', as long as nobody of them counts on a number.
/// </summary>
internal sealed class RatePass(PipelineDraft draft, RhythmTable rhythms, Findings findings)
{
    private readonly Dictionary<string, Fraction> rates = [];
    private readonly HashSet<string> varying = [];
    private readonly HashSet<string> blamed = []; // stages whose trouble has been reported with an edge
    private int iteration;

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
        foreach (var stage in draft.Stages.Where(s => s.Component!.IsClock || rhythms[s.Id].Cycle.Count == 0))
        {
            rates[stage.Id] = new(stage.Component!.IsClock ? 1 : 0);
        }

        var flows = FlowOrder.Of(draft).Where(IsBalanced).Select(e => EdgeFlow.Of(e, draft, rhythms)).ToList();
        SpreadAll(flows.Where(f => !f.EndsIteration));
        if (!HasIteration())
        {
            return null;
        }

        SpreadAll(flows);
        flows.ForEach(Check);
        foreach (var stage in draft.Stages.Where(s => !IsSettled(s.Id) && !blamed.Contains(s.Id)))
        {
            findings.Error(
                CheckCodes.Unclocked, stage.Where, $"Nothing drives '{stage.Id}': no edge says how often it works for each step of a world.", "Connect it to a stage that a world drives.");
        }

        return findings.HasErrors ? null : new(draft.Stages.ToDictionary(s => s.Id, s => rates.TryGetValue(s.Id, out var rate) ? rate : (Fraction?)null), iteration);
    }

    private bool HasIteration()
    {
        var steps = draft.Stages
            .Where(s => s.Purpose == Purpose.Training && rates.ContainsKey(s.Id))
            .Aggregate(1L, (lcm, s) => Fraction.Lcm(lcm, rates[s.Id].Denominator));
        if (steps > int.MaxValue)
        {
            ReportLong($"{steps} vector steps");
            return false;
        }

        iteration = (int)steps;
        return true;
    }

    private void ReportLong(string length) => findings.Error(
        CheckCodes.LongIteration, draft.File.Name.Where, $"One iteration of the whole graph would take {length}.", "Choose rollout lengths and 'every' counts with a small common multiple.");

    /// <summary>Arrivals equal takings, unless the reader takes the newest, or never listens, or the ends have clocks of their own.</summary>
    private bool IsBalanced(EdgeDraft edge)
    {
        var merge = draft.MergeOf(edge);
        return !edge.IsFeed && draft.IsHeard(edge) && merge != Merge.Latest && (merge != Merge.AsItComes || draft.Into(edge.To, edge.Input.Name).Count() == 1);
    }

    /// <summary>Known rates first; then, where nothing more can be known, what varies.</summary>
    private void SpreadAll(IEnumerable<EdgeFlow> all)
    {
        var flows = all.ToList();
        Settle(flows, Spread);
        Settle(flows, SpreadVarying);
    }

    /// <summary>
    /// Takes a step along the first flow that allows it, again and again until none does. Of flows that did not allow it, only
    /// those of the stage that a step settled are asked anew.
    /// </summary>
    private static void Settle(List<EdgeFlow> flows, Func<EdgeFlow, string?> step)
    {
        var touching = Enumerable.Range(0, flows.Count)
            .SelectMany(i => new[] { (Stage: flows[i].Edge.From, Flow: i), (Stage: flows[i].Edge.To, Flow: i) })
            .ToLookup(t => t.Stage, t => t.Flow);
        var waiting = new PriorityQueue<int, int>(Enumerable.Range(0, flows.Count).Select(i => (i, i)));
        while (waiting.TryDequeue(out var next, out _))
        {
            if (step(flows[next]) is { } settled)
            {
                waiting.EnqueueRange(touching[settled].Append(next).Select(i => (i, i)));
            }
        }
    }

    /// <summary>Carries the rate of one end to the other: the stage whose rate is known now, or null.</summary>
    private string? Spread(EdgeFlow flow)
    {
        var (from, to) = (flow.Edge.From, flow.Edge.To);
        if (flow.Ratio(iteration) is not { } ratio || IsKnown(from) == IsKnown(to))
        {
            return null;
        }

        if (flow.EndsIteration)
        {
            return IsKnown(from) && rates.TryAdd(to, ratio) ? to : null;
        }

        if (rates.TryGetValue(from, out var rate))
        {
            rates[to] = rate * ratio;
            return to;
        }

        rates[from] = rates[to] / ratio;
        return from;
    }

    /// <summary>A neighbour whose share nobody can know before running varies too.</summary>
    private string? SpreadVarying(EdgeFlow flow)
    {
        var (from, to) = (flow.Edge.From, flow.Edge.To);
        return VariesAtStart(flow) && !IsSettled(to) && varying.Add(to) ? to
            : VariesAtEnd(flow) && !IsSettled(from) && varying.Add(from) ? from
            : null;
    }

    private bool VariesAtStart(EdgeFlow flow) => flow.Sent is null || (varying.Contains(flow.Edge.From) && flow.Sent > 0);

    private bool VariesAtEnd(EdgeFlow flow) => flow.Taken is null || (varying.Contains(flow.Edge.To) && flow.Taken > 0);

    private bool IsKnown(string stage) => rates.ContainsKey(stage);

    private bool IsSettled(string stage) => rates.ContainsKey(stage) || varying.Contains(stage);

    private void Check(EdgeFlow flow)
    {
        var edge = flow.Edge;
        if (!flow.Speaks)
        {
            blamed.UnionWith([edge.From, edge.To]);
            findings.Error(
                CheckCodes.NeverSent,
                edge.Where,
                $"'{edge.Source}' sends nothing in {Words.Of(draft[edge.From].Purpose)}: '{edge.Target}' would wait for ever.",
                "Read another output.");
        }
        else if (flow.IsIrregular || VariesAtStart(flow) != VariesAtEnd(flow))
        {
            ReportVarying(flow);
        }
        else if (flow.Arriving(rates, iteration) is { } arriving && flow.Taking(rates) is { } taking && arriving != taking)
        {
            findings.Error(
                CheckCodes.Rates,
                edge.Where,
                $"Tokens a vector step along this edge: '{edge.Source}' brings {arriving}, but '{edge.Target}' takes {taking}. It would run full or dry.",
                "Make the lengths of both sides agree, or bridge them with every(…).");
        }
        else if (flow.EndsIteration && rates.TryGetValue(edge.To, out var rate) && iteration % rate.Denominator != 0)
        {
            findings.Error(
                CheckCodes.Rates,
                edge.Where,
                $"'{edge.Source}' brings one token an iteration, but '{edge.Target}' takes {flow.Taken} in a cycle, which would span several iterations.",
                "Take one in a cycle.");
        }
    }

    private void ReportVarying(EdgeFlow flow)
    {
        var edge = flow.Edge;
        var sentence = flow.IsIrregular || VariesAtStart(flow)
            ? $"How many tokens '{edge.Source}' brings is known only while running, but '{edge.Target}' takes a fixed number of them. It would run full or dry."
            : $"How many tokens '{edge.Target}' takes is known only while running, but '{edge.Source}' brings a fixed number. It would run full or dry.";
        findings.Error(CheckCodes.Varying, edge.Where, sentence, "Take the newest with |> latest, or connect stages whose firings vary together.");
    }
}
