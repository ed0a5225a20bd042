using System.Globalization;
using System.Text.RegularExpressions;
using Marl.Actors.Experiments;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Runs;

/// <summary><c>durable: true</c>: what is reported can't be lost any more.</summary>
public sealed class DurableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_update_is_reported_after_it_was_saved(bool isDurable)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("ippo-coordination"));
        File.WriteAllText(folder["saved.yaml"], isDurable ? text.Replace("parameters:", "durable: true\nparameters:", StringComparison.Ordinal) : text);
        var ahead = 0;
        var result = await Experiment.RunAsync(new()
        {
            Path = folder["saved.yaml"],
            Out = folder["run"],
            Overrides = new() { StopSteps = 4_000 },
            Progress = p => ahead += p.EnvironmentSteps > Saved(folder["run"]) ? 1 : 0,
        });
        Assert.True(result.IsSuccess);
        Assert.Equal(10, File.ReadLines(Path.Combine(folder["run"], "training.csv")).Count() - 1);
        Assert.Equal(isDurable, ahead == 0);
    }

    /// <summary>A process may die when it has saved, and not come to say what it saved.</summary>
    [Theory]
    [InlineData("training.csv")]
    [InlineData("evaluation.csv")]
    [InlineData(null)]
    public async Task What_was_saved_and_not_said_is_said_when_the_run_is_taken_up_again(string? silent)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Repository.Pipeline("ippo-coordination")).Replace("parameters:", "durable: true\nparameters:", StringComparison.Ordinal);
        text = text.Replace("entropyEnd: 0.0", "learningRateSchedule: constant", StringComparison.Ordinal); // nothing may know how long the run is
        File.WriteAllText(folder["saved.yaml"], Regex.Replace(text, "evaluate: { every: [0-9_]+", "evaluate: { every: 800"));
        await RunAsync(folder, "whole", 4_000);
        await RunAsync(folder, "cut", 2_400);
        if (silent is not null)
        {
            var rows = File.ReadAllLines(Path.Combine(folder["cut"], silent));
            File.WriteAllLines(Path.Combine(folder["cut"], silent), rows[..^1]);
        }

        var resumed = await Experiment.ResumeAsync(new() { Path = folder["cut"], Overrides = new() { StopSteps = 4_000 } });

        Assert.True(resumed.IsSuccess);
        Assert.Equal(Rows(folder["whole"], "training.csv"), Rows(folder["cut"], "training.csv"));
        Assert.Equal(Rows(folder["whole"], "evaluation.csv"), Rows(folder["cut"], "evaluation.csv"));
    }

    private static async Task RunAsync(TemporaryFolder folder, string name, long steps) =>
        Assert.True((await Experiment.RunAsync(new() { Path = folder["saved.yaml"], Out = folder[name], Overrides = new() { StopSteps = steps } })).IsSuccess);

    /// <summary>All but the seconds.</summary>
    private static string[] Rows(string run, string table) =>
        [.. File.ReadLines(Path.Combine(run, table)).Select(line => string.Join(',', line.Split(',').Where((_, i) => i != 2)))];

    private static long Saved(string run) => Directory.GetFiles(Path.Combine(run, "checkpoints"))
        .Select(f => long.Parse(Path.GetFileNameWithoutExtension(f), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
}
