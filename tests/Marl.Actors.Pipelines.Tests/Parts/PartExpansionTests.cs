using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Parts;

/// <summary>What becomes of a pipeline that uses parts.</summary>
public sealed class PartExpansionTests : IDisposable
{
    private const string Flat = """
        pipeline: toy
        summary: Two agents learn something.

        stages:
          world:
            uses: environment/toy
            copies: 4
            in:
              actions: team.actions |> by-step

          team:
            uses: agent/toy
            each: world.agents
            in:
              steps: world.steps
              weights: learner.weights |> lag(updates=1)

          learner:
            uses: algorithm/toy
            with: { clip: 0.1 }
            in:
              rollouts: team.rollouts |> by-step
              state: world.state

        stop: { steps: 1_000 }
        evaluate: { every: 200, episodes: 3 }
        """;

    private readonly PartFiles files = new();

    [Fact]
    public void A_part_is_the_graph_that_its_stages_written_out_are() => Assert.Equal(Written("pool/"), Toy.Sound(files.Load()));

    [Fact]
    public void An_optional_input_may_stay_open()
    {
        var graph = Toy.Sound(files.Change("toy.yaml", "\n      state: world.state", "").Load());
        Assert.DoesNotContain(graph.Edges, e => e.Input == "state");
    }

    [Fact]
    public void Parameters_are_handed_on_through_parts_within_parts()
    {
        files.Write("parts/outer.yaml", """
            part: outer

            parameters:
              clip: { type: float, default: 0.3 }

            in:
              steps: {}

            out:
              actions: inner.actions

            stages:
              inner:
                uses: ./team.yaml
                with: { clip: $clip, rollout: 10 }
                in:
                  steps: in.steps
            """);
        files.Change("toy.yaml", "./parts/team.yaml", "./parts/outer.yaml").Change("toy.yaml", "clip: 0.1", "clip: $clip")
            .Change("toy.yaml", "\n      state: world.state", "").Change("toy.yaml", "stages:", "parameters:\n  clip: { type: float, default: 0.5 }\n\nstages:");

        var graph = Toy.Sound(files.Load(new() { Parameters = [("clip", "0.7")] }));

        Assert.Equal(["world", "pool/inner/team", "pool/inner/learner", "evaluation/world", "evaluation/pool/inner/team"], graph.Nodes.Select(n => n.Id));
        Assert.Equal(0.7, graph["pool/inner/learner"].Component.Options.Read(graph["pool/inner/learner"].Options)["clip"]);
        Assert.Equal(10, graph["pool/inner/team"].Component.Options.Read(graph["pool/inner/team"].Options)["rollout"]);
        Assert.Equal("world.agents", graph["pool/inner/team"].Each);
        Assert.Equal("evaluation/world.agents", graph["evaluation/pool/inner/team"].Each);
    }

    [Fact]
    public void Parameters_of_a_part_are_its_own()
    {
        files.Change("toy.yaml", "stages:", "parameters:\n  rollout: { type: int, default: 20 }\n\nstages:").Change("toy.yaml", "clip: 0.1", "clip: 0.1, rollout: $rollout");
        var graph = Toy.Sound(files.Load());
        Assert.Equal(20, graph["pool/team"].Component.Options.Read(graph["pool/team"].Options)["rollout"]);
        Assert.Contains("MARL1006", files.Load(new() { Parameters = [("clip", "0.7")] }).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void A_domain_behind_a_part_s_output_can_be_named()
    {
        files.Write("parts/place.yaml", """
            part: place
            in:
              actions: { kind: actions }
            out:
              steps: world.steps
              state: world.state
            stages:
              world:
                uses: environment/toy
                copies: 4
                in:
                  actions: in.actions
            """);
        files.Write("toy.yaml", Flat
            .Replace("uses: environment/toy\n    copies: 4", "uses: parts/place.yaml")
            .Replace("each: world.agents", "each: world.steps.agents"));

        var graph = Toy.Sound(files.Load());

        Assert.Equal("world/world.agents", graph["team"].Each);
        Assert.Equal(2, graph["team"].Instances.Count);
    }

    [Fact]
    public void A_part_may_be_nothing_but_operators_which_stand_in_the_order_of_the_way()
    {
        files.Write("parts/late.yaml", """
            part: late
            parameters:
              by: { type: int }
            in:
              messages: {}
            out:
              messages: in.messages |> delay(steps=$by)
            """);
        files.Change("toy.yaml", "pool:\n", "slow:\n    uses: ./parts/late.yaml\n    with: { by: 3 }\n    in:\n      messages: pool.actions |> delay(steps=2)\n\n  pool:\n")
            .Change("toy.yaml", "actions: pool.actions\n\n", "actions: slow.messages |> delay(steps=4)\n\n")
            .Change("parts/team.yaml", "by-step\n\nstages", "by-step |> delay(steps=1)\n\nstages");

        Assert.Equal(["delay(1)", "delay(2)", "delay(3)", "delay(4)"], Operators(Toy.Sound(files.Load()), "pool/team.actions → world.actions"));
    }

    [Fact]
    public void The_place_of_a_part_is_that_of_its_stages()
    {
        var graph = Toy.Sound(files.Change("toy.yaml", "stop:", "place: { pool: learn }\nstop:").Load());
        Assert.Equal(
            [("pool/team", "learn"), ("pool/learner", "learn"), ("evaluation/pool/team", "learn")], graph.Placement.OrderBy(p => p.Stage.StartsWith("evaluation", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_part_may_be_used_several_times()
    {
        files.Write("parts/late.yaml", "part: late\nin:\n  messages: {}\nout:\n  messages: in.messages |> delay(steps=1)\n");
        files.Change("toy.yaml", "pool:\n", "one:\n    uses: ./parts/late.yaml\n    in:\n      messages: pool.actions\n\n  two:\n    uses: ./parts/late.yaml\n    in:\n      messages: one.messages\n\n  pool:\n")
            .Change("toy.yaml", "actions: pool.actions\n\n", "actions: two.messages\n\n");

        Assert.Equal(["delay(1)", "delay(1)"], Operators(Toy.Sound(files.Load()), "pool/team.actions → world.actions"));
    }

    public void Dispose() => files.Dispose();

    /// <summary>The flat pipeline with the names that its stages have in a part.</summary>
    private static Graph Written(string prefix)
    {
        var file = PipelineReader.Parse(Flat, "flat.yaml").Value;
        string Named(string stage) => stage == "world" ? stage : prefix + stage;
        return Toy.Sound(PipelineBinder.Bind(
            file with
            {
                Stages = file.Stages.Select(s => s with
                {
                    Id = s.Id with { Value = Named(s.Id.Value) },
                    Scope = s.Id.Value == "world" ? "" : prefix,
                    Inputs = s.Inputs.Select(i => i with { Sources = i.Sources.Select(e => e with { Stage = e.Stage with { Value = Named(e.Stage.Value) } }).ToValues() }).ToValues(),
                }).ToValues(),
            },
            TestCatalog.Catalog,
            BindingOverrides.None));
    }

    private static IEnumerable<string> Operators(Graph graph, string edge) => graph.Edges.Single(e => e.Name == edge).Operators
        .Select(o => $"{o.Component.Id}({string.Join(", ", o.Component.Options.Read(o.Options).Values)})");
}
