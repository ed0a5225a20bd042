using Marl.Actors.Pipelines.Building;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Tests.Broken.Binding;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Checks;

/// <summary><c>determinate: true</c>, a demand of the file on itself.</summary>
public sealed class DeterminacyTests
{
    private const string Demand = "summary: Two agents learn something.\ndeterminate: true";

    [Fact]
    public void A_pipeline_that_joins_by_step_may_demand_it_and_is_the_same_graph() => Assert.Equal(
        Toy.Sound(Toy.With()), Toy.Sound(Toy.With(("summary: Two agents learn something.", Demand))));

    [Fact]
    public void A_pipeline_that_takes_the_latest_may_not() => Assert.Equal(
        "toy.yaml(3,14): error MARL2114: The pipeline is not determinate: what flows depends on timing at learner.weights → team.weights |> latest in line 20. "
            + "Write by-step in place of as-it-comes and lag(updates=0) in place of latest, or do not demand it.",
        Toy.Only(Toy.With(("summary: Two agents learn something.", Demand), ("lag(updates=1)", "latest"))));

    [Fact]
    public void Without_the_demand_it_is_said_and_allowed()
    {
        foreach (var words in new[] { "summary: Two", "determinate: false\nsummary: Two" })
        {
            var graph = Toy.Sound(Toy.With(("summary: Two", words), ("lag(updates=1)", "latest")));
            Assert.False(graph.IsDeterminate);
            Assert.Equal("learner.weights → team.weights |> latest", graph.IndeterminateMerges[0]);
        }
    }

    [Fact]
    public void It_stands_below_the_summary() => Assert.Equal(
        Toy.Text.Replace("summary: Two agents learn something.", Demand, StringComparison.Ordinal) + "\n",
        PipelineFormatter.Format(Toy.Text + "\ndeterminate: true\n", "toy.yaml").Value);

    [Fact]
    public void A_program_may_demand_it_too()
    {
        var file = PipelineBuilder.Named("built").Determinate().ToFile();
        Assert.True(file.Determinate?.Value);
        Assert.EndsWith("DeterminacyTests.cs", file.Determinate?.Where.File);
    }
}
