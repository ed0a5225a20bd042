using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>A supervisor starts what dies, hands signals on, and knows when to give up.</summary>
public sealed class SuperviseCommandTests
{
    private static readonly string[] Run = ["supervise", "--", "run", Workplace.Coordination, "--steps", "120_000", "--set", "saved=4_000", "--out", "r"];

    [Fact]
    public async Task A_killed_run_goes_on_to_what_it_would_have_come_to()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // kill is a program of Unix
        }

        using var place = new Workplace();
        using var process = place.Start(Run);
        await process.WhenAsync(_ => Checkpoints(place) > 1);
        Assert.Single(Relatives.ChildrenOf(process.Id)).Kill();

        var outcome = (await process.EndAsync()).Succeeded();
        (await place.MarlAsync([.. Run[2..^1], "whole"])).Succeeded();

        Assert.Contains("marl run died with exit code 137; starting it again\n", outcome.Error);
        Assert.Equal(place.Summary("whole").WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task Signals_reach_the_run_which_saves()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var place = new Workplace();
        using var process = place.Start([.. Run[..4], "--steps", "10_000_000", "--out", "r"]);
        await process.WhenAsync(_ => Checkpoints(place) > 0);
        process.Signal("TERM");

        (await process.EndAsync()).Ended(143);

        Assert.True(place.Summary("r").EnvironmentSteps > 0);
    }

    [Fact]
    public async Task What_the_command_answers_is_passed_on()
    {
        using var place = new Workplace();
        (await place.MarlAsync("supervise", "--", "run", "nowhere.yaml")).Ended(1);
        (await place.MarlAsync("supervise", "--", "check", Workplace.Coordination)).Succeeded();
    }

    [Fact]
    public async Task A_command_that_keeps_dying_is_given_up()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var place = new Workplace();
        using var process = place.Start("supervise", "--deaths", "1", "--", "node");
        for (var death = 0; death < 2; death++)
        {
            var ended = death;
            await process.WhenAsync(p => p.Said.Split("listening on").Length > ended + 1);
            Assert.Single(Relatives.ChildrenOf(process.Id)).Kill();
        }

        Assert.Contains("2 times without progress", (await process.EndAsync()).Ended(137).Error);
    }

    private static int Checkpoints(Workplace place) =>
        Directory.Exists(place["r", "checkpoints"]) ? Directory.GetFiles(place["r", "checkpoints"], "*.checkpoint").Length : 0;
}
