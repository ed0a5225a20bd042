using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Analysis.Summaries;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>Runs that are stopped, killed and taken up again come to what they would have come to.</summary>
public sealed class InterruptTests
{
    private const int Steps = 120_000;

    private static readonly string[] Arguments = ["run", Workplace.Coordination, "--steps", $"{Steps}", "--set", "saved=4_000"];

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Stopped_and_resumed_equals_uninterrupted_bit_for_bit(string signal, int exitCode)
    {
        using var place = new Workplace();
        using (var process = place.Start([.. Arguments, "--out", "stopped"]))
        {
            await process.WhenAsync(p => p.Said.Contains("steps/s", StringComparison.Ordinal));
            process.Signal(signal);
            Assert.Contains("marl run --resume stopped", (await process.EndAsync()).Ended(exitCode).Out);
        }

        var half = place.Summary("stopped");
        (await place.MarlAsync("eval", "stopped", "--episodes", "4")).Succeeded();
        (await place.MarlAsync("run", "--resume", "stopped")).Succeeded();
        (await place.MarlAsync([.. Arguments, "--out", "whole"])).Succeeded();

        Assert.Equal(StopReason.CtrlC, half.StoppedBy);
        Assert.InRange(half.EnvironmentSteps, 80, Steps - 80);
        AssertEqual(place, "whole", "stopped");
    }

    [Fact]
    public async Task Killed_and_resumed_equals_uninterrupted_bit_for_bit()
    {
        using var place = new Workplace();
        using (var process = place.Start([.. Arguments, "--out", "killed"]))
        {
            await process.WhenAsync(_ => Directory.Exists(place["killed", "checkpoints"]) && Directory.GetFiles(place["killed", "checkpoints"], "*.checkpoint").Length > 1);
            process.Signal("KILL");
            Assert.Equal(137, (await process.EndAsync()).ExitCode);
        }

        Assert.False(File.Exists(place["killed", "summary.json"]));
        (await place.MarlAsync("run", "--resume", "killed")).Succeeded();
        (await place.MarlAsync([.. Arguments, "--out", "whole"])).Succeeded();

        AssertEqual(place, "whole", "killed");
    }

    [Fact]
    public async Task Workers_that_a_terminal_interrupts_as_well_stay_until_the_run_has_saved()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var place = new Workplace();
        using var process = place.Start("run", Workplace.Coordination, "--steps", "1_000_000", "--processes", "2", "--out", "r");
        await process.WhenAsync(_ => Directory.Exists(place["r", "checkpoints"]) && Directory.GetFiles(place["r", "checkpoints"], "*.checkpoint").Length > 1);

        Array.ForEach(Relatives.ChildrenOf(process.Id), worker => worker.Signal("INT"));
        process.Signal("INT");

        (await process.EndAsync()).Ended(130);
        Assert.Equal(StopReason.CtrlC, place.Summary("r").StoppedBy);
        Assert.Contains("\"epoch\": 1", place.Text("r", "claim.json"));
    }

    [Fact]
    public async Task A_second_signal_ends_at_once()
    {
        using var place = new Workplace();
        using var process = place.Start("run", Workplace.LongIterations, "--out", "r");
        await process.WhenAsync(_ => File.Exists(place["r", "training.csv"]));

        process.Signal("INT");
        await process.WhenAsync(p => p.Said.Contains("Stopping", StringComparison.Ordinal));
        process.Signal("INT");

        (await process.EndAsync()).Ended(130);
        Assert.False(File.Exists(place["r", "summary.json"]));
    }

    [Fact]
    public async Task A_series_that_is_stopped_writes_what_is_done()
    {
        using var place = new Workplace();
        using var process = place.Start("run", Workplace.Coordination, "--seeds", "1..50", "--steps", "8_000", "--out", "s");
        await process.WhenAsync(_ => File.Exists(place["s", "seed-2", "training.csv"]));

        process.Signal("INT");

        var outcome = (await process.EndAsync()).Ended(130);
        Assert.Matches(@"seeds +\d+ of 50\n", outcome.Out);
        Assert.Contains("\"isComplete\": false", place.Text("s", "seeds.json"));
    }

    private static void AssertEqual(Workplace place, string expected, string actual)
    {
        Assert.Equal(place.Summary(expected).WithoutTimes(), place.Summary(actual).WithoutTimes());
        Assert.Equal(File.ReadAllBytes(place[expected, "policy.safetensors"]), File.ReadAllBytes(place[actual, "policy.safetensors"]));
        Assert.Equal(Rows(place, expected), Rows(place, actual));
        Assert.Equal(
            place.Text(expected, "training.csv").Split('\n').Select(WithoutSeconds),
            place.Text(actual, "training.csv").Split('\n').Select(WithoutSeconds));
    }

    private static IEnumerable<EvaluationRow> Rows(Workplace place, string run) =>
        EvaluationTable.Read(place[run, "evaluation.csv"]).Value.Select(row => row with { Seconds = 0 });

    private static string WithoutSeconds(string row) => string.Join(',', row.Split(',').Where((_, column) => column != 2));
}
