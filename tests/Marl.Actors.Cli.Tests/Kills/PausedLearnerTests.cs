using System.Text.RegularExpressions;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>A learner that is stopped, not dead, and wakes when its successor is at work.</summary>
public sealed partial class PausedLearnerTests
{
    private const string Pause = "5"; // seconds; a busy machine may make a healthy node wait for three

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly string[] Run = ["run", Workplace.Coordination, "--steps", "40_000", "--set", "saved=400"];

    [Fact]
    public async Task It_is_given_up_and_finds_no_ear_when_it_wakes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var place = new Workplace();
        (await place.MarlAsync([.. Run, "--out", "clean"])).Succeeded();
        using var world = place.Start("node", "--roles", "simulate", "--heartbeat-pause", Pause);
        var address = await AddressAsync(world);
        using var learner = place.Start("node", "--join", address, "--roles", "learn", "--heartbeat-pause", Pause);
        await AddressAsync(learner);
        using var run = place.Start([.. Run, "--cluster", address, "--heartbeat-pause", Pause, "--wait", "120", "--out", "r"]);
        var watch = new DurableProgress(place["r"]);
        await run.WhenAsync(_ => watch.Look() > 0, Longest);

        learner.Signal("STOP");
        using var successor = place.Start("node", "--join", address, "--roles", "learn", "--heartbeat-pause", Pause);
        await run.WhenAsync(_ => watch.Epoch > 1, Longest);
        var before = watch.Look();
        await run.WhenAsync(_ => watch.Look() > before, Longest);
        learner.Signal("CONT");

        (await learner.EndAsync(Longest)).Ended(75);
        (await run.EndAsync(Longest)).Succeeded();
        Assert.Equal(0, watch.Backward);
        Assert.Equal(place.Summary("clean").WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task A_worker_that_is_stopped_is_replaced()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var place = new Workplace();
        (await place.MarlAsync([.. Run, "--out", "clean"])).Succeeded();
        using var run = place.Start([.. Run, "--processes", "2", "--heartbeat-pause", Pause, "--out", "r"]);
        var watch = new DurableProgress(place["r"]);
        await run.WhenAsync(_ => watch.Look() > 0, Longest);
        Relatives.ChildrenOf(run.Id).Single(w => w.After("--roles") == "learn").Signal("STOP");

        (await run.EndAsync(Longest)).Succeeded();
        Assert.True(watch.Epoch > 1);
        Assert.Equal(place.Summary("clean").WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    private static async Task<string> AddressAsync(MarlProcess node)
    {
        await node.WhenAsync(n => Listening().IsMatch(n.Said), Longest);
        return Listening().Match(node.Said).Groups[1].Value;
    }

    [GeneratedRegex(@"listening on (\S+)\n")]
    private static partial Regex Listening();
}
