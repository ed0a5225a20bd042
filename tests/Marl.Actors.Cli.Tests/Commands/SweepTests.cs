using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl run SWEEP.yaml</c>.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task All_settings_are_run_and_stand_in_a_table_the_best_first()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Workplace.Sweep, "--steps", "1_600", "--seed", "4", "--out", "s")).Succeeded();

        Assert.Matches(@"(?m)^clip +seeds +return +95 % interval over seeds +minutes$", outcome.Out);
        Assert.Matches(@"(?m)^ *0\.[13] +1 +[0-9.]+ +– +[0-9.]+$", outcome.Out);
        Assert.Contains("run 2 of 2, clip=0.3, seed 4", outcome.Out);
        Assert.Matches(@"(?m)^runs +2$", outcome.Out);
        Assert.Equal(["setting-001/seed-4", "setting-002/seed-4"], Trials(place, "s").Select(t => $"{t[1]}/seed-{t[2]}"));
        Assert.Equal(
            ["learning-curves.png", "pipeline.yaml", "settings.csv", "sweep.csv", "sweep.json", "sweep.yaml"],
            Directory.GetFiles(place["s"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Json_is_the_settings()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Workplace.Sweep, "--steps", "800", "--seeds", "7,8", "--set", "saved=400", "--out", "s", "--json", "--interpreter", "simulated")).Succeeded();

        var settings = outcome.Json.GetProperty("settings").EnumerateArray().ToArray();
        Assert.Equal(["0.1", "0.3"], settings.Select(s => s.GetProperty("parameters").GetProperty("clip").GetString()).Order());
        Assert.All(settings, s => Assert.Equal(2, s.GetProperty("seeds").GetInt32()));
        Assert.True(settings[0].GetProperty("mean").GetDouble() >= settings[1].GetProperty("mean").GetDouble());
        Assert.True(outcome.Json.GetProperty("isComplete").GetBoolean());
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_it_goes_on_where_it_was_with_the_runs_that_are_left()
    {
        using var place = new Workplace();
        string[] settings = ["--steps", "60_000", "--set", "saved=4_000", "--out", "s"];
        using (var process = place.Start(["run", Workplace.Sweep, .. settings]))
        {
            await process.WhenAsync(p => p.Said.Contains("run 2 of 4", StringComparison.Ordinal));
            process.Signal("INT");
            var stopped = (await process.EndAsync()).Ended(130);
            Assert.Matches(@"(?m)^runs +1 of 4$", stopped.Out);
            Assert.Contains("marl run --resume s", stopped.Out);
        }

        Assert.Equal(["completed", "stopped", "waiting", "waiting"], Trials(place, "s").Select(t => t[3]));
        Assert.Equal(StopReason.CtrlC, place.Summary("s/setting-002/seed-1").StoppedBy);
        var done = place.Text("s", "setting-001", "seed-1", "run.log");
        File.Delete(place[Workplace.Coordination]);
        File.Delete(place[Workplace.Sweep]);

        var resumed = (await place.MarlAsync("run", "--resume", "s")).Succeeded();

        Assert.DoesNotContain("run 1 of 4", resumed.Out);
        Assert.Contains("run 2 of 4, clip=0.3, seed 1", resumed.Out);
        Assert.All(Trials(place, "s"), t => Assert.Equal("completed", t[3]));
        Assert.Equal(done, place.Text("s", "setting-001", "seed-1", "run.log"));
        (await place.MarlAsync("run", "s/pipeline.yaml", "--steps", "60_000", "--set", "saved=4_000", "--set", "clip=0.3", "--seed", "1", "--out", "alone")).Succeeded();
        Assert.Equal(place.Summary("alone").WithoutTimes(), place.Summary("s/setting-002/seed-1").WithoutTimes());
    }

    [Fact]
    public async Task A_run_that_fails_is_told_and_the_others_are_made()
    {
        using var place = new Workplace();
        File.WriteAllText(place["p.yaml"], place.Text(Workplace.Coordination)
            .Replace("environment/coordination", "environment/penalty").Replace("{ maxSteps: 5 }", "{ maxSteps: 5, k: $k }").Replace("\nstages:", "  k: { type: float, default: -1 }\n\nstages:"));
        File.WriteAllText(place["s.yaml"], "sweep: k\nof: p.yaml\nsteps: 1_600\ngrid:\n  k: [-1e300, 0]\n");

        var outcome = (await place.MarlAsync("run", "s.yaml", "--out", "s")).Ended(1);

        Assert.Contains(outcome.Complaints, line => line.Contains("error MARL3", StringComparison.Ordinal) && line.EndsWith($"In {Path.Combine("s", "setting-001/seed-1")}.", StringComparison.Ordinal));
        Assert.Equal(["failed", "completed"], Trials(place, "s").Select(t => t[3]));
        Assert.Contains("0 of 1, 1 failed", outcome.Out);
    }

    [Fact]
    public async Task What_makes_no_sense_with_a_sweep_is_refused_before_anything_runs()
    {
        using var place = new Workplace();

        (await place.MarlAsync("run", Workplace.Sweep, "--set", "clip=0.2", "--out", "s")).Complained("MARL1542", "'clip'");
        (await place.MarlAsync("run", Workplace.Sweep, "--record", "team", "--out", "s")).Complained("MARL1545");
        (await place.MarlAsync("run", Workplace.Sweep, "--steps", "400", "--out", "s")).Complained("MARL1541", "400");
        File.WriteAllText(place["b.yaml"], place.Text(Workplace.Sweep).Replace("0.3", "3.0"));
        (await place.MarlAsync("run", "b.yaml", "--out", "s")).Complained("MARL1535", "b.yaml(7,15)", "'3.0'");

        Assert.False(Directory.Exists(place["s"]));
    }

    /// <summary>The rows of the table: parameter, setting, seed, state, …</summary>
    private static IEnumerable<string[]> Trials(Workplace place, string sweep) =>
        place.Text(sweep, "sweep.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
}
