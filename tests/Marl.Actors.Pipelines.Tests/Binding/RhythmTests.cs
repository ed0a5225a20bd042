using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Binding;

/// <summary>Firing patterns in numbers, and what the compiler makes of them.</summary>
public sealed class RhythmTests
{
    private static (string, string) Diary => ("  learner:\n", "  diary:\n    uses: analysis/diary\n    in:\n      episodes: world.episodes\n\n  learner:\n");

    [Fact]
    public void Variables_of_the_types_become_numbers()
    {
        var learner = Toy.Sound(Toy.With())["learner"].Rhythm!;

        Assert.Equal([1, 0], learner.Start);
        Assert.Equal([new Beat(1, [1, 5], [1, 1])], learner.Cycle);
        Assert.Equal((5L, 1L), (learner.Taken(1), learner.Sent(0)));
    }

    [Fact]
    public void Agents_work_in_rollouts_in_training_and_in_passes_in_evaluation()
    {
        var graph = Toy.Sound(Toy.With());
        var (team, twin) = (graph["team"].Rhythm!, graph["evaluation/team"].Rhythm!);

        Assert.Equal([1, 4, 1], team.Cycle.Select(b => b.Repeat!.Value));
        Assert.Equal((5L, 5L, 1L), (team.Taken(0), team.Sent(0), team.Sent(1)));
        Assert.Null(twin.Taken(0));
        Assert.Equal(1, twin.Taken(1));
        Assert.Null(graph["evaluation/team"].Rate);
        Assert.Equal(new(1), graph.Edges.Single(e => e.From == "evaluation/team" && e.Output == "actions").Rate); // the world says so
    }

    [Fact]
    public void Episodes_come_once_an_iteration()
    {
        var graph = Toy.Sound(Toy.With(Diary));

        Assert.Equal(new(1, 5), graph["diary"].Rate);
        Assert.Equal(new(1, 5), graph.Edges.Single(e => e.To == "diary").Rate);
        Assert.Equal(1, graph.Edges.Single(e => e.To == "diary").LeastCapacity);
        Assert.Equal(5, graph.Iteration);
        Assert.Equal([4, 1], graph["world"].Rhythm!.Unrolled(5).Cycle.Select(b => b.Repeat!.Value));
    }

    [Fact]
    public void No_edge_is_narrower_than_it_must_be_and_a_lag_makes_it_wider()
    {
        var graph = Toy.Sound(Toy.With(("lag(updates=1)", "lag(updates=7)")));

        Assert.All(graph.Edges, e => Assert.InRange(e.LeastCapacity ?? 0, 1, e.Capacity));
        Assert.Equal(8, graph.Edges.Single(e => e is { From: "learner", To: "team" }).LeastCapacity);
        Assert.Equal(6, graph.Edges.Single(e => e is { From: "world", To: "learner" }).LeastCapacity); // one more than a rollout
    }

    [Fact]
    public void Two_initial_tokens_are_enough_for_a_stage_that_takes_two_at_a_time()
    {
        (string, string)[] slow =
        [
            ("      weights: learner.weights |> lag(updates=1)", "      weights: learner.weights |> lag(updates=1)\n      heard: talk.heard"),
            ("  learner:\n", "  talk:\n    uses: channel/pairs\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step |> delay(steps=2)\n\n  learner:\n"),
            ("    each: world.agents", "    each: world.agents\n    with: { rollout: 6 }"),
        ];

        Assert.Equal(new(1, 2), Toy.Sound(Toy.With(slow))["talk"].Rate);
    }

    [Fact]
    public void A_rollout_of_two_thousand_million_steps_is_rehearsed_all_the_same()
    {
        var graph = Toy.Sound(Toy.With(("    each: world.agents", "    each: world.agents\n    with: { rollout: 2_000_000_000 }"), ("1_000", "100_000_000_000")));

        Assert.Equal(2_000_000_000, graph.Iteration);
        Assert.Equal(int.MaxValue / 2, graph.Edges.Single(e => e.Input == "state").LeastCapacity);
        Assert.Equal(1, graph.Edges.Single(e => e.To == "world").LeastCapacity);
    }

    [Fact]
    public void Only_one_firing_of_a_clock_may_end_an_iteration()
    {
        var odd = new Rhythm([0], [], [new(2, [], [1])], [1]);
        Assert.Throws<InvalidOperationException>(() => odd.Unrolled(5));
        Assert.Same(odd with { IterationEnd = [0] } is var even ? even : odd, even.Unrolled(5));
    }

    [Fact]
    public void A_signature_that_speaks_of_a_port_it_lacks_is_a_bug_of_its_component()
    {
        foreach (var change in (Func<Signature, Signature>[])[s => s.Starts("wieghts"), s => s.DecidesAtRunTime("wieghts")])
        {
            var failure = Assert.Throws<InvalidOperationException>(() => Signed(change));
            Assert.Equal("The signature of 'algorithm/toy' speaks of tokens of 'wieghts', which is no port on that side.", failure.Message);
        }
    }

    [Fact]
    public void What_is_decided_at_run_time_is_marked_and_changes_no_rate_and_no_room()
    {
        var (plain, marked) = (Signed(s => s), Signed(s => s.DecidesAtRunTime("weights")));

        Assert.Empty(plain["learner"].Rhythm!.DecidedAtRunTime);
        Assert.Equal([true, false], marked["learner"].Rhythm!.DecidedAtRunTime);
        Assert.Equal(Facts(plain), Facts(marked));

        static IEnumerable<(Fraction?, int, long?)> Facts(Graph graph) => graph.Edges.Select(e => (e.Rate, e.Capacity, (long?)e.LeastCapacity));
    }

    private static Graph Signed(Func<Signature, Signature> change)
    {
        var learner = TestCatalog.Learner with { Sign = (options, context) => change(TestCatalog.Learner.Sign(options, context)) };
        var catalog = TestCatalog.Catalog.Components.Values.Where(c => c.Id != learner.Id).Append(learner);
        return PipelineCompiler.LoadText(Toy.Text, "toy.yaml", new(catalog, TestCatalog.Operators), BindingOverrides.None).Value;
    }
}
