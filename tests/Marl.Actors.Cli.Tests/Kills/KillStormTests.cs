using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Kills;

/// <summary>
/// Whoever is killed, a determinate run comes to the bits of one that was left alone: no trajectory lost or applied twice.
/// <c>MARL_KILLS=100</c>, or <c>tests/kill-storm</c>, for more than the few of every day.
/// </summary>
public sealed class KillStormTests(ITestOutputHelper log)
{
    private const int EveryDay = 10;

    [Fact]
    public async Task Killed_at_random_it_finishes_by_itself_with_the_bits_of_a_clean_run()
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("Skipped: processes are found and killed the way of Linux.");
            return;
        }

        var kills = int.TryParse(Environment.GetEnvironmentVariable("MARL_KILLS"), out var asked) ? asked : EveryDay;
        var steps = $"{Math.Max(40_000, kills * 4_000)}";
        string[] arguments = [Workplace.Coordination, "--steps", steps, "--set", "saved=400"];
        using var place = new Workplace();
        (await place.MarlAsync(["run", .. arguments, "--out", "clean"])).Succeeded();
        var clean = place.Summary("clean");

        var report = await KillStorm.RunAsync(place, [.. arguments, "--processes", "3"], kills, seed: 1, log.WriteLine);

        log.WriteLine($"{report}");
        report.Outcome.Succeeded();
        var storm = place.Summary("storm");
        log.WriteLine($"return     {storm.Evaluation} (clean run {clean.Evaluation})");
        log.WriteLine($"weights    {storm.WeightsSha256}\n           {clean.WeightsSha256} (clean run)");
        Assert.Equal(0, report.Backward);
        Assert.Equal(kills, report.Recoveries.Count);
        Assert.Equal(clean.WithoutTimes(), storm.WithoutTimes());
    }
}
