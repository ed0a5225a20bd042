using Marl.Actors.Core.Results;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;
using Marl.Actors.Core.Types;
using Marl.Actors.Core.Worlds;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Binding;

public sealed class PipelineBinderTests
{
    [Fact]
    public void A_sound_file_becomes_a_graph_without_findings()
    {
        var result = Toy.With();
        var graph = Toy.Sound(result);

        Assert.Empty(result.Diagnostics);
        Assert.Equal("toy", graph.Name);
        Assert.Equal(["world", "team", "learner", "evaluation/world", "evaluation/team"], graph.Nodes.Select(n => n.Id));
        Assert.Equal(["agent-0", "agent-1"], graph["team"].Instances);
        Assert.Equal(4, graph["world"].Copies);
        Assert.Equal(1000, graph.StopSteps);
        Assert.True(graph.IsDeterminate);
    }

    [Fact]
    public void Edges_stand_in_the_order_of_stages_and_ports_whatever_the_file_says()
    {
        var one = Toy.Sound(Toy.With());
        var other = Toy.Sound(Toy.With((
            "      rollouts: team.rollouts |> by-step\n      state: world.state",
            "      state: world.state\n      rollouts: team.rollouts |> by-step")));

        Assert.Equal(one, other);
        Assert.Equal(
            ["team.actions → world.actions", "world.steps → team.steps", "learner.weights → team.weights", "team.rollouts → learner.rollouts", "world.state → learner.state"],
            one.Edges.Where(e => one[e.To].Purpose == Purpose.Training).Select(e => e.Name));
    }

    [Fact]
    public void Rates_follow_from_the_rollout()
    {
        var graph = Toy.Sound(Toy.With());

        Assert.Equal(5, graph.Iteration);
        Assert.Equal(new(1), graph["world"].Rate);
        Assert.Equal(new(1, 5), graph["team"].Rate);
        Assert.Equal(new(1, 5), graph["learner"].Rate);
        Assert.Equal(new(1), Edge(graph, "world", "learner").Rate);
        Assert.Equal(new(1, 5), Edge(graph, "team", "learner").Rate);
        Assert.Equal(10, Edge(graph, "world", "learner").Capacity);
        Assert.Equal(2, Edge(graph, "team", "learner").Capacity);
        Assert.Equal(3, Edge(graph, "learner", "team").Capacity); // 2, and one that the lag leaves standing
    }

    [Fact]
    public void An_iteration_is_the_least_common_multiple_of_all_cycles()
    {
        var graph = Toy.Sound(Toy.With(
            ("weights: learner.weights |> lag(updates=1)", "weights: learner.weights\n      heard: talk.heard"),
            ("  learner:\n", "  talk:\n    uses: channel/toy\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step |> delay(steps=1)\n\n  learner:\n"),
            ("    each: world.agents", "    each: world.agents\n    with: { rollout: 6 }")));

        Assert.Equal(new(1), graph["talk"].Rate);
        Assert.Equal(6, graph.Iteration);
    }

    [Fact]
    public void Types_are_resolved_for_every_peer()
    {
        var graph = Toy.Sound(Toy.With());
        var learner = graph["learner"].Types[0];

        Assert.Equal(2, learner.Peers("rollouts"));
        Assert.Equal(new Box(6), learner.Input("rollouts", 1).Get<Space>("observation"));
        Assert.Equal(new Discrete(3), graph["team"].Types[1].Output("rollouts").Get<Space>("action"));
        Assert.Equal(5, learner.Input("rollouts").Get<int>("length"));
        Assert.Equal(12, learner.Input("state").Get<int>("width"));
        Assert.Equal(learner.Output("weights", 1)["policy"], graph["team"].Types[1].Input("weights")["policy"]);
        Assert.Equal(0, graph["team"].Types[0].Peers("heard"));
    }

    [Fact]
    public void Token_bytes_come_from_the_resolved_layout()
    {
        var graph = Toy.Sound(Toy.With());

        Assert.Equal([4L * 4 * 12], Edge(graph, "world", "learner").TokenBytes);
        Assert.Equal([4L * 4, 4L * 4], Edge(graph, "team", "world").TokenBytes);
        Assert.Equal([400L], Edge(graph, "learner", "team").TokenBytes);
    }

    [Fact]
    public void Parameters_reach_options_and_the_command_line_goes_before_their_defaults()
    {
        (string, string)[] file =
        [
            ("seed: { type: int, default: 1 }", "seed: { type: int, default: 7 }\n  agents: { type: int, default: 3, range: 2..5 }"),
            ("uses: environment/toy", "uses: environment/toy\n    with: { agents: $agents }"),
        ];

        var graph = Toy.Sound(Toy.With(file));
        Assert.Equal((7, 3), (graph.Seed, graph["team"].Instances.Count));

        graph = Toy.Sound(Toy.With(new BindingOverrides { Parameters = [("agents", "4"), ("seed", "8")] }, file));
        Assert.Equal((8, 4), (graph.Seed, graph["team"].Instances.Count));

        graph = Toy.Sound(Toy.With(new BindingOverrides { Parameters = [("seed", "8")], Seed = 9 }, file));
        Assert.Equal(9, graph.Seed);
    }

    [Fact]
    public void Overrides_go_before_the_sections()
    {
        var graph = Toy.Sound(Toy.With(new BindingOverrides { StopSteps = 400, EvaluationEpisodes = 11, EvaluationEvery = 60, CheckpointEvery = 77 }));

        Assert.Equal((400, 77), (graph.StopSteps, graph.CheckpointSteps));
        Assert.Equal(new EvaluationRule(60, 11, Greedy: false, ReturnConvention.TeamSum), graph.Evaluation);
        Assert.Equal(11, graph["evaluation/world"].Copies);
    }

    [Fact]
    public void Evaluation_becomes_stages_that_hear_thinned_weights_and_tell_nobody()
    {
        var graph = Toy.Sound(Toy.With());
        var twins = graph.Nodes.Where(n => n.Purpose == Purpose.Evaluation).ToList();
        var edges = graph.Edges.Where(e => graph[e.To].Purpose == Purpose.Evaluation || graph[e.From].Purpose == Purpose.Evaluation).ToList();

        Assert.Equal(["evaluation/world", "evaluation/team"], twins.Select(t => t.Id));
        Assert.Equal("evaluation/world.agents", graph["evaluation/team"].Each);
        Assert.Equal(3, graph["evaluation/world"].Copies);
        Assert.Equal(
            ["evaluation/team.actions → evaluation/world.actions", "evaluation/world.steps → evaluation/team.steps", "learner.weights → evaluation/team.weights"],
            edges.Select(e => e.Name));
        var every = Assert.Single(edges[2].Operators); // in place of the lag
        Assert.Equal("every", every.Component.Id);
        Assert.Equal(new TestCatalog.CountOptions(10), every.Options); // 200 steps of 5 × 4 an iteration
        Assert.Equal(graph["team"].Types[0].Input("weights"), graph["evaluation/team"].Types[0].Input("weights"));
        Assert.Equal(3, graph["evaluation/team"].Types[0].Input("steps").Get<int>("copies"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(29, 1)]
    [InlineData(31, 2)]
    [InlineData(1_000_000, 50_000)]
    public void Evaluation_thins_weights_to_the_nearest_number_of_updates(int every, int updates)
    {
        var graph = Toy.Sound(Toy.With(("every: 200", $"every: {every}")));
        Assert.Equal(new TestCatalog.CountOptions(updates), Edge(graph, "learner", "evaluation/team").Operators[0].Options);
    }

    [Fact]
    public void A_channel_on_the_loop_with_the_world_is_evaluated_too()
    {
        var graph = Toy.Sound(Toy.With(
            ("    in:\n      steps: world.steps", "    in:\n      heard: talk.heard\n      steps: world.steps"),
            ("  learner:\n", "  talk:\n    uses: channel/toy\n    with: { words: 2 }\n    in:\n      said: team.messages |> by-step |> delay(steps=1)\n\n  learner:\n")));

        Assert.Equal("delay", Assert.Single(Edge(graph, "evaluation/team", "evaluation/talk").Operators).Component.Id);
    }

    [Fact]
    public void Merges_that_depend_on_timing_are_named()
    {
        var graph = Toy.Sound(Toy.With(
            ("weights: learner.weights |> lag(updates=1)", "weights: learner.weights |> latest"),
            ("evaluate: { every: 200, episodes: 3 }", "")));

        Assert.False(graph.IsDeterminate);
        Assert.Equal(["learner.weights → team.weights |> latest"], graph.IndeterminateMerges);
        Assert.Equal(Merge.Latest, Edge(graph, "learner", "team").Merge);
    }

    [Fact]
    public void One_producer_may_say_by_step_and_stays_single()
    {
        var graph = Toy.Sound(Toy.With(("world.state", "world.state |> by-step")));
        Assert.Equal(Merge.Single, Edge(graph, "world", "learner").Merge);
    }

    [Fact]
    public void Several_stages_may_feed_a_port_that_allows_it()
    {
        var graph = Toy.Sound(Toy.With(
            ("    in:\n      steps: world.steps", "    in:\n      heard: talk.heard\n      steps: world.steps"),
            ("  learner:\n", """
              talk:
                uses: channel/toy
                with: { words: 2 }
                in:
                  said:
                    - echo.heard |> by-step
                    - team.messages |> by-step |> delay(steps=1)

              echo:
                uses: channel/toy
                with: { words: 2 }
                in:
                  said: team.messages |> by-step |> delay(steps=2)

              learner:

            """)));

        Assert.Equal([0, 1], graph.Edges.Where(e => e.To == "talk").Select(e => e.FirstPeer));
        Assert.Equal(3, graph["talk"].Types[0].Peers("said"));
        Assert.Equal(4, graph.Edges.Single(e => e is { From: "team", To: "echo" }).Capacity); // 2 and a delay of 2
    }

    [Fact]
    public void An_unused_parameter_is_a_warning_and_the_graph_is_there()
    {
        var result = Toy.With(("  seed: { type: int, default: 1 }", "  seed: { type: int, default: 1 }\n  clip: { type: float, default: 0.1 }"));

        Assert.True(result.IsSuccess);
        Assert.Equal("toy.yaml(6,3): warning MARL1005: Nothing uses parameter 'clip'. Write $clip where it belongs, or remove it.", Toy.Only(result));
    }

    [Fact]
    public void An_unknown_set_is_one_line_at_the_command_line()
    {
        var result = Toy.With(new BindingOverrides { Parameters = [("sead", "3")] });
        Assert.Equal("command line: error MARL1006: Pipeline 'toy' has no parameter 'sead'. Did you mean 'seed'?", Toy.Only(result));
    }

    [Fact]
    public void All_errors_are_reported_at_once_in_the_order_of_the_file()
    {
        var result = Toy.With(
            ("copies: 4", "copies: 0"),
            ("team.actions |> by-step", "team.action |> by-stap"),
            ("each: world.agents", "each: world.agent"),
            ("uses: algorithm/toy", "uses: algorithm/toy\n    with: { clip: 2, cilp: 1 }"),
            ("steps: 1_000", "steps: soon"));

        Assert.Equal(
            [("MARL1302", 10), ("MARL1203", 12), ("MARL1204", 12), ("MARL1106", 16), ("MARL1302", 23), ("MARL1301", 23), ("MARL1302", 28)],
            result.Diagnostics.Select(d => (d.Code, d.Where.Line)));
    }

    [Fact]
    public void Nobody_is_blamed_for_what_a_misspelt_stage_would_have_done()
    {
        var result = Toy.With(("team.rollouts |> by-step", "teem.rollouts |> by-step"));
        Assert.StartsWith("toy.yaml(24,17): error MARL1201: There is no stage 'teem'.", Toy.Only(result), StringComparison.Ordinal);
    }

    private static Edge Edge(Graph graph, string from, string to) => graph.Edges.Single(e => e.From == from && e.To == to);
}
