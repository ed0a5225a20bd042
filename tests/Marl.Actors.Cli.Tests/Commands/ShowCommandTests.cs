using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl show</c>.</summary>
public sealed class ShowCommandTests
{
    [Fact]
    public async Task Arrows_show_stages_edges_and_loops()
    {
        using var place = new Workplace();

        var shown = (await place.MarlAsync("show", Workplace.Coordination)).Succeeded().Out;

        Assert.Contains("determinate\n", shown);
        Assert.Contains("world.steps", shown);
        Assert.Contains("opened by world", shown);
    }

    [Fact]
    public async Task Mermaid_is_a_flowchart_with_the_values_of_set()
    {
        using var place = new Workplace();

        var shown = (await place.MarlAsync("show", Workplace.Coordination, "--as", "mermaid", "--set", "clip=0.5")).Succeeded().Out;

        Assert.StartsWith("flowchart", shown);
        Assert.Contains("learner", shown);
    }

    [Fact]
    public async Task A_broken_file_shows_nothing()
    {
        using var place = new Workplace();

        var outcome = await place.MarlAsync("show", "nothing.yaml");

        outcome.Complained("MARL0001");
        Assert.Empty(outcome.Out);
    }
}
