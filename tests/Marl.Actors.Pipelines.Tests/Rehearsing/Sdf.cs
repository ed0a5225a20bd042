using Marl.Actors.Core.Options;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Rehearsing;

namespace Marl.Actors.Pipelines.Tests.Rehearsing;

/// <summary>An edge of a dataflow graph as the literature writes it: tokens sent and taken by a firing, and those there at first.</summary>
internal sealed record Arc(string From, int Sent, string To, int Taken, int Initial = 0);

/// <summary>Dataflow graphs made by hand, as compiled graphs: the first actor is the clock.</summary>
internal static class Sdf
{
    private static readonly OperatorComponent Delay = new()
    {
        Id = "delay",
        Summary = "Initial tokens.",
        Options = OptionsSchema.Of<DelayOptions>(),
        Passes = options => new() { Start = ((DelayOptions)options).Steps },
        Create = (_, _) => throw new NotSupportedException(),
    };

    /// <summary>A graph of actors whose firings are all alike.</summary>
    public static Graph Of(params Arc[] arcs) => Of(arcs, (actor, takes, sends) => [new(1, takes, sends)]);

    /// <summary>A graph of actors with several phases.</summary>
    /// <param name="arcs">Tokens of a whole cycle at both ends.</param>
    /// <param name="phases">From an actor, what its cycle takes and what it sends, to the phases that make that up.</param>
    public static Graph Of(Arc[] arcs, Func<string, Values<long>, Values<long?>, Values<Beat>> phases)
    {
        string[] actors = [.. arcs.SelectMany(a => new[] { a.From, a.To }).Distinct()];
        var rates = Rates(arcs, actors);
        return new()
        {
            Name = "sdf",
            Iteration = (int)rates.Values.Aggregate(1L, (lcm, rate) => Fraction.Lcm(lcm, rate.Denominator)),
            StopSteps = 1,
            CheckpointSteps = 1,
            Nodes = actors.Select(actor => Node(actor, actor == actors[0], arcs, rates[actor], phases)).ToValues(),
            Edges = arcs.Select((arc, i) => new Edge
            {
                From = arc.From,
                Output = $"out{i}",
                To = arc.To,
                Input = $"in{i}",
                Operators = arc.Initial == 0 ? [] : [new(Delay, new DelayOptions(arc.Initial))],
                Capacity = 1,
                Where = new("sdf", i + 1, 1),
            }).ToValues(),
        };
    }

    /// <summary>The least capacities, edge by edge; the graph must be alive.</summary>
    public static int?[] Least(Graph graph)
    {
        var rehearsed = Rehearsal.Of(graph, SourceSpan.None, out var found);
        return found.Count == 0 ? [.. rehearsed.Edges.Select(e => e.LeastCapacity)] : throw new InvalidOperationException(string.Join('\n', found));
    }

    /// <summary>Cycles of each actor for one of the first.</summary>
    public static Dictionary<string, Fraction> Rates(Arc[] arcs, string[] actors)
    {
        var rates = new Dictionary<string, Fraction> { [actors[0]] = new(1) };
        while (rates.Count < actors.Length)
        {
            foreach (var arc in arcs)
            {
                var ratio = new Fraction(arc.Sent, arc.Taken);
                if (rates.TryGetValue(arc.From, out var from))
                {
                    rates.TryAdd(arc.To, from * ratio);
                }
                else if (rates.TryGetValue(arc.To, out var to))
                {
                    rates[arc.From] = to / ratio;
                }
            }
        }

        return rates;
    }

    private static Node Node(string actor, bool isClock, Arc[] arcs, Fraction rate, Func<string, Values<long>, Values<long?>, Values<Beat>> phases)
    {
        var (inputs, outputs) = (arcs.Index().Where(a => a.Item.To == actor).ToList(), arcs.Index().Where(a => a.Item.From == actor).ToList());
        return new()
        {
            Id = actor,
            Component = new()
            {
                Id = "sdf/actor",
                Summary = "An actor.",
                Options = OptionsSchema.Of<NoOptions>(),
                IsClock = isClock,
                Inputs = inputs.Select(a => new InputPort($"in{a.Index}", "token", "Tokens.")).ToValues(),
                Outputs = outputs.Select(a => new OutputPort($"out{a.Index}", "token", "Tokens.", _ => throw new NotSupportedException())).ToValues(),
                Sign = (_, _) => throw new NotSupportedException(),
                Create = (_, _) => throw new NotSupportedException(),
            },
            Options = new NoOptions(),
            Types = [],
            Rate = rate,
            Rhythm = new(
                outputs.Select(_ => 0L).ToValues(),
                [],
                phases(actor, inputs.Select(a => (long)a.Item.Taken).ToValues(), outputs.Select(a => (long?)a.Item.Sent).ToValues()),
                outputs.Select(_ => 0L).ToValues()),
        };
    }

    private sealed record DelayOptions([Option("How many.", Required = true)] int Steps);
}
