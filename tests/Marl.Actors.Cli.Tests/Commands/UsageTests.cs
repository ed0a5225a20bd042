using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>The command line itself: help, version, and what it does not understand.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("run tiny-coordination.yaml --sed 3", "--sed")]
    [InlineData("run --sed 3", "--sed")]
    [InlineData("run", "pipeline file")]
    [InlineData("run tiny-coordination.yaml --set clip", "name=value")]
    [InlineData("run tiny-coordination.yaml --steps ten", "ten")]
    [InlineData("run tiny-coordination.yaml --steps 0", "--steps")]
    [InlineData("run tiny-coordination.yaml --seeds 5..1", "5..1")]
    [InlineData("run tiny-coordination.yaml --seeds 1..", "1..")]
    [InlineData("run tiny-coordination.yaml --seeds 1,1", "1,1")]
    [InlineData("run tiny-coordination.yaml --seeds 0..5000", "1000")]
    [InlineData("run tiny-coordination.yaml --seed 1 --seeds 1..2", "--seeds")]
    [InlineData("run --resume r --seed 2", "--seed")]
    [InlineData("run tiny-coordination.yaml --resume r", "FILE")]
    [InlineData("run tiny-coordination.yaml --interpreter remote", "remote")]
    [InlineData("run tiny-coordination.yaml --schedule 3", "--interpreter")]
    [InlineData("run tiny-coordination.yaml --interpreter simulated --threads 2", "--threads")]
    [InlineData("run tiny-coordination.yaml --interpreter local --schedule 3 --threads 2", "--threads")]
    [InlineData("show tiny-coordination.yaml --as pictures", "mermaid")]
    [InlineData("eval r --greedy --sampled", "--sampled")]
    [InlineData("eval r --episodes 0", "--episodes")]
    [InlineData("eval r --episodes 3_000_000_000", "2147483647")]
    [InlineData("communication r --greedy --sampled", "--sampled")]
    [InlineData("communication r --shuffles 0", "--shuffles")]
    [InlineData("check", "check")]
    [InlineData("supervise", "supervise")]
    [InlineData("supervise -- frobnicate", "command")]
    [InlineData("supervise -- run tiny-coordination.yaml --sed 3", "--sed")]
    [InlineData("supervise -- run tiny-coordination.yaml --seeds 1..2", "--seeds")]
    [InlineData("verify-world x.json --tolerance -1", "--tolerance")]
    public async Task What_is_not_understood_ends_with_2_and_names_it(string arguments, string named)
    {
        using var place = new Workplace();
        var before = place.Files();

        var outcome = await place.MarlAsync(arguments.Split(' '));

        outcome.Ended(2);
        Assert.Contains(named, outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.Equal(before, place.Files());
    }

    [Fact]
    public async Task Help_names_every_command_an_example_of_each_and_the_exit_codes()
    {
        using var place = new Workplace();

        var help = (await place.MarlAsync("--help")).Succeeded().Out;

        foreach (var command in new[] { "check", "show", "explore", "format", "run", "supervise", "eval", "communication", "play", "verify", "verify-world" })
        {
            Assert.Contains($"\n  marl {command}", help);
        }

        Assert.Contains("130", help);
        Assert.Contains("--resume", (await place.MarlAsync("run", "--help")).Succeeded().Out);
    }

    [Fact]
    public async Task Version_is_a_version()
    {
        using var place = new Workplace();

        Assert.Matches(@"^\d+\.\d+\.\d+", (await place.MarlAsync("--version")).Succeeded().Out);
    }
}
