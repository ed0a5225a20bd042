using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>
/// Processes of every role are killed at random, again and again: worlds and agents, learners, parameter servers, and the one
/// that leads. The run finishes by itself, and nothing shows. <c>tests/kill-storm</c> kills more than the few of every day.
/// </summary>
public sealed class KillStormTests(ITestOutputHelper log)
{
    private const int Roles = 4;      // submit, simulate, learn, serve
    private const int Processes = 4;  // and two of them simulate
    private const int EveryDay = 10;
    private const int FewOfEveryDay = 3;
    private const int CleanSeeds = 5;

    [Fact]
    public async Task A_run_whose_servers_wait_comes_to_the_bits_of_a_clean_one()
    {
        if (IsElsewhere() || Asked("waiting", EveryDay) is not { } kills)
        {
            return;
        }

        var steps = kills * 2_560;
        string[] arguments = [Workplace.StormWaiting, "--steps", $"{steps}", "--set", $"evaluated={steps / 10}"];
        using var place = new Workplace();
        (await place.MarlAsync(["run", .. arguments, "--out", "clean"])).Succeeded();

        var report = await StormAsync(place, arguments, gradients: 4, kills, steps);

        log.WriteLine($"weights           {place.Summary("storm").WeightsSha256}\n  of a clean run  {place.Summary("clean").WeightsSha256}");
        HoldsUp(report, kills);
        Assert.Equal(place.Summary("clean").WithoutTimes(), place.Summary("storm").WithoutTimes());
    }

    [Fact]
    public async Task A_run_whose_servers_do_not_wait_learns_as_well_as_clean_ones()
    {
        if (IsElsewhere() || Asked("running", FewOfEveryDay) is not { } kills)
        {
            return;
        }

        var isLong = kills > FewOfEveryDay;
        var steps = kills * 5_000;
        string[] arguments = [Workplace.StormRunning, "--steps", $"{steps}", "--set", $"evaluated={steps / (isLong ? 10 : 1)}"];
        using var place = new Workplace();

        var report = await StormAsync(place, arguments, gradients: 1, kills, steps);

        HoldsUp(report, kills);
        if (isLong)
        {
            var clean = new double[CleanSeeds];
            for (var i = 0; i < CleanSeeds; i++)
            {
                (await place.MarlAsync(["run", .. arguments, "--seed", $"{i + 1}", "--out", $"clean-{i + 1}"])).Succeeded();
                clean[i] = place.Summary($"clean-{i + 1}").Evaluation!.Mean!.Value;
            }

            var bound = clean.Average() - (2 * Math.Sqrt(clean.Sum(r => Math.Pow(r - clean.Average(), 2)) / (CleanSeeds - 1)));
            var final = place.Summary("storm").Evaluation!.Mean!.Value;
            log.WriteLine($"return            {final:0.0}; clean seeds {string.Join(", ", clean.Select(r => $"{r:0.0}"))}, mean − 2 standard deviations {bound:0.0}");
            Assert.True(final >= bound, $"{final} < {bound}");
        }
    }

    /// <summary>A trajectory that is counted once too often, or not at all, is found.</summary>
    [Theory]
    [InlineData("agent/0.agent-0", "rollout.update", -1, 3, 0)]
    [InlineData("learner/1", "learner.time", 1, 1, 0)]
    [InlineData("server/part-1", "server.clocks", -4, 0, 1)]
    public async Task Trajectories_are_counted(string cell, string counter, int by, long twice, long lost)
    {
        using var place = new Workplace();
        (await place.MarlAsync("run", Workplace.StormWaiting, "--steps", "512", "--out", "r")).Succeeded();
        var state = new DurableProgress(place["r"]).Open();
        Assert.Equal(new(4, 4, 0, 0), TrajectoryCount.Of(state, 4));

        if (counter == "rollout.update")
        {
            state.Cells[cell].Put(counter, state.Cells[cell].GetOne<int>(counter) + by);
        }
        else
        {
            var counters = state.Cells[cell].Get<long>(counter);
            counters[0] += by;
            state.Cells[cell].Put<long>(counter, counters);
        }

        var found = TrajectoryCount.Of(state, 4);
        Assert.Equal((twice, lost), (found.Twice, found.Lost));
    }

    private async Task<StormReport> StormAsync(Workplace place, string[] arguments, int gradients, int kills, int steps)
    {
        var storm = new KillStorm(place, gradients, seed: 1, log.WriteLine);
        var report = await storm.RunAsync([.. arguments, "--processes", $"{Processes}"], Roles, kills, stretch: (int)(0.8 * steps / kills));
        log.WriteLine($"{report}");
        return report;
    }

    private static void HoldsUp(StormReport report, int kills)
    {
        report.Outcome.Succeeded();
        Assert.Equal(kills, report.Kills.Count);
        Assert.Equal((0, 0, 0, 0L), (report.Backward, report.Announced.Lost, report.Announced.Early, report.Announced.Gaps));
        Assert.Equal((0L, 0L), (report.Twice, report.Lost));
        Assert.Equal(report.Final.Made, report.Final.Applied);
    }

    /// <summary>How many processes of a storm to kill: what MARL_KILLS says of it, as in 100 or running=100; null when it speaks of the other one only.</summary>
    private static int? Asked(string storm, int everyDay) => Environment.GetEnvironmentVariable("MARL_KILLS") is not { Length: > 0 } asked ? everyDay
        : asked.Split('=') is [var one, var many] ? (one == storm ? int.Parse(many) : null)
        : int.Parse(asked);

    private bool IsElsewhere()
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("Skipped: processes are found and killed the way of Linux.");
        }

        return !OperatingSystem.IsLinux();
    }
}
