using Marl.Actors.Catalogs;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;
using Marl.Actors.Pipelines.Binding;
using Marl.Actors.Pipelines.Graphs;
using Marl.Actors.Policies.Networks;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>Two teams on one world: who feeds which lane, who reads which token, and what is said where they don't add up.</summary>
public sealed class TeamPipelineTests
{
    private const string InOrder = "        - predators.actions |> by-step\n        - prey.actions |> by-step\n";
    private const string Reversed = "        - prey.actions |> by-step\n        - predators.actions |> by-step\n";

    [Theory]
    [InlineData(InOrder)]
    [InlineData(Reversed)]
    public void Agents_are_told_apart_by_name_whatever_the_order_of_the_list(string list)
    {
        var graph = Load(InOrder, list).Value;
        Assert.Equal([("predators", 0), ("prey", 3)], Into(graph, "world").Order());
        Assert.Equal([("predators", 0), ("prey", 3)], graph.Edges.Where(e => e.From == "world").Select(e => (e.To, e.FirstReader)).Order());
        Assert.Equal([("evaluation/predators", 0), ("evaluation/prey", 3)], Into(graph, "evaluation/world").Order());
    }

    [Fact]
    public void One_learner_can_teach_two_stages_each_its_own_policy()
    {
        var graph = Load(
            ("fleeing.weights", "hunting.weights"),
            ("      rollouts: predators.rollouts |> by-step\n\n  fleeing:\n    uses: algorithm/ippo\n    with: { epochs: 4, minibatches: 4, learningRate: 1e-3, gamma: 0.95 }\n    in:\n      rollouts: prey.rollouts |> by-step\n",
                "      rollouts:\n        - predators.rollouts |> by-step\n        - prey.rollouts |> by-step\n")).Value;
        var weights = graph.Edges.Where(e => e.From == "hunting").ToList();
        Assert.Equal([("evaluation/predators", 0), ("evaluation/prey", 3), ("predators", 0), ("prey", 3)], weights.Select(e => (e.To, e.FirstReader)).Order());
        Assert.Equal(["predators", "predators", "predators", "prey"], graph["hunting"].Types[0].Outputs["weights"].Select(t => PolicySpec.FromTerm(t["policy"]).Group));
    }

    [Fact]
    public void A_team_without_a_stage_is_missed()
    {
        var result = Load(InOrder, "        - predators.actions |> by-step\n        - predators.actions |> by-step\n");
        Assert.Contains(result.Diagnostics, d => d.Sentence.Contains("'world.actions'", StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_are_of_teams_that_there_are()
    {
        Assert.Equal(new("adversaries", 0, 3), Load().Value.Evaluation!.Of);
        Assert.Equal(new("good", 3, 1), Load("of: adversaries", "of: good").Value.Evaluation!.Of);
        Assert.Contains(Load("of: adversaries", "of: bad").Diagnostics, d => d.Sentence == "'world' (environment/simple-tag) has no domain 'bad'.");
    }

    private static IEnumerable<(string From, int First)> Into(Graph graph, string world) => graph.Edges.Where(e => e.To == world).Select(e => (e.From, e.FirstPeer));

    private static Result<Graph> Load(string old, string changed) => Load((old, changed));

    private static Result<Graph> Load(params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(Repository.Pipeline("ippo-tag"));
        foreach (var (old, changed) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        return PipelineCompiler.LoadText(text, "ippo-tag.yaml", BuiltIn.Catalog, BindingOverrides.None);
    }
}
