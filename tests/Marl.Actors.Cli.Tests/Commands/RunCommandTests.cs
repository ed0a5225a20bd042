using System.Text.Json;
using Marl.Actors.Analysis.Metrics;
using Marl.Actors.Cli.Tests.Processes;
using Marl.Actors.Core.Files;
using Marl.Actors.Policies.Files;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl run</c>, from the file to the results.</summary>
public sealed class RunCommandTests(ITestOutputHelper log)
{
    private const string Coordination = Workplace.Coordination;

    [Fact]
    public async Task A_run_leaves_every_result_and_each_can_be_read()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Coordination, "--out", "r")).Succeeded();

        Assert.Contains("results", outcome.Out);
        Assert.False(Terminal.HasEscapes(outcome.Out + outcome.Error));
        Assert.Empty(outcome.Error);
        Assert.Equal(place.Text(Coordination), place.Text("r", "pipeline.yaml"));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], File.ReadAllBytes(place["r", "learning-curve.png"])[..8]);
        var evaluations = EvaluationTable.Read(place["r", "evaluation.csv"]).Value;
        Assert.Equal([0, 800, 1600, 2400, 3200, 4000], evaluations.Select(e => e.EnvironmentSteps));
        Assert.Equal(51, place.Text("r", "training.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var policy = Assert.Single(SafetensorsFile.Read(WholeFile.Read(place["r", "policy.safetensors"]).Value, "policy").Value);
        Assert.Equal("team", policy.Spec.Group);
        Assert.Equal((1 * 8) + 8 + (8 * 2) + 2, policy.Parameters.Length);
        Assert.NotEmpty(EventFile.Read(Assert.Single(Directory.GetFiles(place["r"], "events.out.tfevents.*.marl"))).Value);
        Assert.True(new FileInfo(place["r", "policy.onnx"]).Length > 100);
        Assert.Equal(3, Directory.GetFiles(place["r", "checkpoints"], "*.checkpoint").Length);
        Assert.DoesNotContain(place.Files("r"), name => name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_summary_says_what_was_run_and_what_came_of_it()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Coordination, "--out", "r", "--seed", "7", "--steps", "2_000", "--json")).Succeeded();

        Assert.Equal(place.Text("r", "summary.json"), outcome.Out);
        Assert.NotEmpty(outcome.Error);
        var summary = outcome.Json;
        Assert.Equal("tiny-coordination", summary.GetProperty("pipeline").GetString());
        Assert.Equal(7, summary.GetProperty("seed").GetInt64());
        Assert.Equal(2000, summary.GetProperty("environmentSteps").GetInt64());
        Assert.Equal(25, summary.GetProperty("updates").GetInt32());
        Assert.True(summary.GetProperty("wallSeconds").GetDouble() > 0);
        Assert.True(summary.GetProperty("environmentStepsPerSecond").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("physics").ValueKind);
        Assert.Equal("steps", summary.GetProperty("stoppedBy").GetString());
        Assert.Matches("^[0-9a-f]{64}$", summary.GetProperty("weightsSha256").GetString());
        var evaluation = summary.GetProperty("evaluation");
        Assert.Equal(16, evaluation.GetProperty("episodes").GetInt32());
        Assert.InRange(evaluation.GetProperty("mean").GetDouble(), 0, 20);
        Assert.True(evaluation.GetProperty("standardDeviation").GetDouble() > 0);
        Assert.Equal(2, evaluation.GetProperty("interval95").GetArrayLength());
        Assert.Equal("team-sum", evaluation.GetProperty("convention").GetString());
    }

    [Fact]
    public async Task One_seed_gives_one_result_and_another_seed_another()
    {
        using var place = new Workplace();

        foreach (var (run, seed) in new[] { ("a", "3"), ("b", "3"), ("c", "4") })
        {
            (await place.MarlAsync("run", Coordination, "--out", run, "--seed", seed)).Succeeded();
        }

        Assert.Equal(place.Summary("a").WithoutTimes(), place.Summary("b").WithoutTimes());
        Assert.Equal(File.ReadAllBytes(place["a", "policy.safetensors"]), File.ReadAllBytes(place["b", "policy.safetensors"]));
        Assert.NotEqual(place.Summary("a").WeightsSha256, place.Summary("c").WeightsSha256);
    }

    [Fact]
    public async Task Every_interpreter_gives_the_same_results()
    {
        using var place = new Workplace();

        (await place.MarlAsync("run", Coordination, "--out", "a", "--threads", "3")).Succeeded();
        (await place.MarlAsync("run", Coordination, "--out", "b", "--interpreter", "simulated", "--schedule", "9")).Succeeded();
        (await place.MarlAsync("run", Coordination, "--out", "c", "--interpreter", "local", "--schedule", "9")).Succeeded();

        Assert.Equal(place.Summary("a").WithoutTimes(), place.Summary("b").WithoutTimes());
        Assert.Equal(place.Summary("a").WithoutTimes(), place.Summary("c").WithoutTimes());
        Assert.Equal(File.ReadAllBytes(place["a", "policy.safetensors"]), File.ReadAllBytes(place["b", "policy.safetensors"]));
    }

    [Fact]
    public async Task Without_out_a_run_has_a_folder_of_its_own_below_runs()
    {
        using var place = new Workplace();

        (await place.MarlAsync("run", Workplace.Spread, "--set", "x=1")).Complained("MARL1006", "'x'");
        Assert.False(Directory.Exists(place["runs"]));
        (await place.MarlAsync("run", Workplace.Spread)).Succeeded();
        (await place.MarlAsync("run", Workplace.Spread)).Succeeded();

        var runs = Directory.GetDirectories(place["runs"]).Select(Path.GetFileName).ToArray();
        Assert.Equal(2, runs.Length);
        Assert.All(runs, run => Assert.Matches(@"^tiny-spread-\d{8}-\d{6}(-2)?$", run));
        Assert.Equal("position-first", place.Summary(Path.Combine("runs", runs[0]!)).Physics);
        Assert.Equal(3, Directory.GetFiles(place["runs", runs[0]!], "policy.*.onnx").Length);
    }

    [Fact]
    public async Task On_a_terminal_progress_is_drawn_in_place()
    {
        using var place = new Workplace();
        if (await Terminal.RunAsync(place.Path, log, "run", Coordination, "--out", "r", "--steps", "40_000") is not { } shown)
        {
            return;
        }

        shown.Succeeded();
        Assert.True(Terminal.HasEscapes(shown.Out));
        Assert.Contains("Ctrl-C stops and saves", shown.Out);
        Assert.Contains("r/learning-curve.png", shown.Out);
    }

    [Fact]
    public async Task Progress_in_a_pipe_is_a_handful_of_lines()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("run", Coordination, "--out", "r", "--steps", "100_000", "--set", "saved=10_000")).Succeeded();

        var lines = outcome.Out.Split('\n').Where(line => line.Contains("steps/s,", StringComparison.Ordinal)).ToArray();
        Assert.InRange(lines.Length, 1, 21);
        Assert.All(lines, line => Assert.Matches(@"^tiny-coordination, \d+ %, [\d,]+ of 100,000 steps, [\d,]+ steps/s,.* left$", line));
    }
}
