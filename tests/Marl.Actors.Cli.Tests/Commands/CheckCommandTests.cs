using Marl.Actors.Cli.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl check</c>.</summary>
public sealed class CheckCommandTests(ITestOutputHelper log)
{
    [Fact]
    public async Task A_good_file_is_ok_in_a_line()
    {
        using var place = new Workplace();

        var outcome = (await place.MarlAsync("check", Workplace.Coordination, Workplace.Spread)).Succeeded();

        Assert.Equal(
            ["tiny-coordination.yaml: ok, 7 actors, 7 edges, determinate", "tiny-spread.yaml: ok, 9 actors, 7 edges, determinate"],
            outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Every_mistake_of_every_file_has_a_line_with_its_place()
    {
        using var place = new Workplace();
        File.WriteAllText(place["a.yaml"], place.Text(Workplace.Coordination).Replace("hidden: [8], rollout: 10", "hiden: [8], rollout: ten"));
        File.WriteAllText(place["b.yaml"], place.Text(Workplace.Coordination).Replace("environment/coordination", "environment/cordination"));

        var outcome = (await place.MarlAsync("check", "a.yaml", Workplace.Spread, "b.yaml")).Ended(1);

        Assert.Contains("tiny-spread.yaml: ok", outcome.Out);
        Assert.DoesNotContain("a.yaml: ok", outcome.Out);
        Assert.All(outcome.Complaints, line => Assert.Matches(@"^[ab]\.yaml\(\d+,\d+\): error MARL\d{4}: ", line));
        Assert.Contains(outcome.Complaints, line => line.StartsWith("a.yaml(20,13):", StringComparison.Ordinal) && line.Contains("'hidden'"));
        Assert.Contains(outcome.Complaints, line => line.StartsWith("a.yaml(20,", StringComparison.Ordinal) && line.Contains("ten"));
        Assert.Contains(outcome.Complaints, line => line.StartsWith("b.yaml(11,11):", StringComparison.Ordinal) && line.Contains("'environment/coordination'"));
    }

    [Fact]
    public async Task On_a_terminal_a_caret_stands_below_the_column()
    {
        using var place = new Workplace();
        File.WriteAllText(place["a.yaml"], place.Text(Workplace.Coordination).Replace("environment/coordination", "environment/cordination"));
        if (await Terminal.RunAsync(place.Path, log, "check", "a.yaml") is not { } shown)
        {
            return;
        }

        var lines = shown.Out.ReplaceLineEndings("\n").Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains("a.yaml(11,11): error"));
        Assert.Equal("        uses: environment/cordination", lines[at + 1]);
        Assert.Equal(lines[at + 1].IndexOf("environment", StringComparison.Ordinal), lines[at + 2].IndexOf('^'));
        Assert.Equal(1, shown.ExitCode);
    }

    [Fact]
    public async Task A_missing_file_is_said_in_a_line_with_the_nearest_name()
    {
        using var place = new Workplace();

        (await place.MarlAsync("check", "tiny-cordination.yaml")).Complained("MARL0001", "tiny-cordination.yaml", "'tiny-coordination.yaml'");
    }

    [Fact]
    public async Task A_bars_file_is_checked_as_one()
    {
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], "bars:\n  - { pipeline: nothing.yaml, seeds: 1, statistic: mean, atLeast: 1, source: s, tier: short }\n");

        var outcome = (await place.MarlAsync("check", "bars.yaml")).Ended(1);

        Assert.Contains("nothing.yaml", Assert.Single(outcome.Complaints));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("show")]
    public async Task Looking_at_a_file_loads_no_Torch(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("Skipped: only glibc's loader tells what it loads.");
            return;
        }

        using var place = new Workplace();
        var variables = new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = place["loaded"] };
        using var process = MarlProcess.Start(place.Path, variables, [.. MarlProcess.Program, command, Workplace.Coordination]);

        (await process.EndAsync()).Succeeded();

        var loaded = string.Concat(Directory.GetFiles(place.Path, "loaded.*").Select(File.ReadAllText));
        Assert.Contains("libcoreclr.so", loaded);
        Assert.DoesNotContain("libtorch", loaded, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("libonnxruntime", loaded);
    }
}
