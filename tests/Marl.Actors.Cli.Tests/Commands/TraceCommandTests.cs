using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl trace</c> and <c>marl trace diff</c>.</summary>
public sealed class TraceCommandTests
{
    [Fact]
    public async Task Traces_of_both_interpreters_are_equal_and_other_seeds_differ()
    {
        using var place = new Workplace();
        (await place.MarlAsync("trace", Workplace.Coordination, "--schedule", "7", "--out", "a.txt")).Succeeded();
        var shown = (await place.MarlAsync("trace", Workplace.Coordination, "--interpreter", "local")).Succeeded().Out;
        Assert.Equal(File.ReadAllText(place["a.txt"]), shown);
        Assert.Empty((await place.MarlAsync("trace", "diff", "a.txt", "a.txt")).Succeeded().Out);

        (await place.MarlAsync("trace", Workplace.Coordination, "--seed", "99", "--out", "b.txt")).Succeeded();
        var differing = await place.MarlAsync("trace", "diff", "a.txt", "b.txt");
        Assert.Equal(1, differing.ExitCode);
        Assert.Contains("world.steps", differing.Out);
        Assert.Contains("\n  + #", differing.Out);
    }

    [Fact]
    public async Task Mermaid_is_a_sequence_diagram()
    {
        using var place = new Workplace();
        var shown = (await place.MarlAsync("trace", Workplace.Coordination, "--as", "mermaid")).Succeeded().Out;
        Assert.StartsWith("sequenceDiagram\n    participant ", shown);
        Assert.Contains("->>", shown);
    }

    [Fact]
    public async Task What_is_no_trace_is_named()
    {
        using var place = new Workplace();
        (await place.MarlAsync("trace", "diff", Workplace.Coordination, Workplace.Coordination)).Complained("MARL3801");
        Assert.Equal(2, (await place.MarlAsync("trace")).ExitCode);
    }
}
