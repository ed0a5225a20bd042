using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Graphs;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Rehearsing;

/// <summary>Least capacities of graphs whose answers are known.</summary>
public sealed class LeastCapacitiesTests
{
    /// <summary>One edge: p + c − g + (d mod g), or d where more lie there (Adé, Lauwereins and Peperstraete 1997).</summary>
    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(2, 3, 0, 4)]
    [InlineData(3, 2, 0, 4)]
    [InlineData(5, 1, 0, 5)]
    [InlineData(4, 6, 0, 8)]
    [InlineData(4, 6, 1, 9)]
    [InlineData(4, 6, 2, 8)]
    [InlineData(4, 6, 7, 9)]
    [InlineData(4, 6, 30, 30)]
    [InlineData(147, 160, 0, 306)]
    public void One_edge_needs_what_is_sent_and_taken_less_what_they_have_in_common(int sent, int taken, int initial, int expected)
    {
        Assert.Equal([expected], Sdf.Least(Sdf.Of(new Arc("a", sent, "b", taken, initial))));
        Assert.Equal([expected], Sdf.Least(WithClock(Sdf.Of(new Arc("a", sent, "b", taken, initial)), "b")));
    }

    /// <summary>The running example of Stuijk, Geilen and Basten, "Exploring trade-offs in buffer requirements and throughput constraints", DAC 2006.</summary>
    [Fact]
    public void Of_three_actors_in_a_row() => Assert.Equal([4, 2], Sdf.Least(Sdf.Of(new Arc("a", 2, "b", 3), new Arc("b", 1, "c", 2))));

    /// <summary>From compact disc to digital audio tape (Murthy, Bhattacharyya and Lee 1997): each edge needs its own least.</summary>
    [Fact]
    public void Of_the_sample_rate_converter() => Assert.Equal(
        [1, 4, 8, 14, 5],
        Sdf.Least(Sdf.Of(new Arc("cd", 1, "a", 1), new Arc("a", 2, "b", 3), new Arc("b", 2, "c", 7), new Arc("c", 8, "d", 7), new Arc("d", 5, "dat", 1))));

    [Fact]
    public void A_loop_needs_room_for_the_tokens_that_go_round() =>
        Assert.Equal([1, 3], Sdf.Least(Sdf.Of(new Arc("a", 1, "b", 1), new Arc("b", 1, "a", 1, Initial: 3))));

    /// <summary>The second edge must hold what comes while the first gathers for one firing.</summary>
    [Fact]
    public void An_edge_beside_one_that_gathers_needs_as_much_as_it() => Assert.Equal(
        [1, 10, 10],
        Sdf.Least(Sdf.Of(new Arc("a", 1, "gather", 1), new Arc("gather", 1, "b", 10), new Arc("a", 1, "b", 10))));

    /// <summary>Phases: the items gather until the last firing of a says go. A long cycle costs no more than a short one.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    [InlineData(2_000_000_000)]
    public void What_waits_for_a_later_phase_needs_room_until_then(int length)
    {
        Arc[] arcs = [new("a", 1, "b", 1), new("a", length, "b", length)];
        var graph = Sdf.Of(arcs, (actor, _, _) => actor == "a"
            ? [new(length - 1, [], [0, 1]), new(1, [], [1, 1])]
            : [new(1, [1, 0], []), new(length, [0, 1], [])]);

        Assert.Equal([1, Math.Min(length, int.MaxValue / 2)], Sdf.Least(graph));
    }

    private static Graph WithClock(Graph graph, string clock)
    {
        var rate = graph.Nodes.First(n => n.Id == clock).Rate!.Value;
        var rates = graph.Nodes.ToDictionary(n => n.Id, n => n.Rate!.Value / rate);
        return graph with
        {
            Iteration = (int)rates.Values.Aggregate(1L, (lcm, r) => Fraction.Lcm(lcm, r.Denominator)),
            Nodes = graph.Nodes.Select(n => n with { Rate = rates[n.Id], Component = n.Component with { IsClock = n.Id == clock } }).ToValues(),
        };
    }
}
