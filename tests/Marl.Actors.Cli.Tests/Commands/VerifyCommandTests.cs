using System.Text.Json;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl verify</c>: learning bars.</summary>
public sealed class VerifyCommandTests
{
    private const string Bars = """
        bars:
          - pipeline: tiny-coordination.yaml
            seeds: 1..2
            at: 2_000
            statistic: mean
            atLeast: 1.0
            optimum: 20.0
            source: chance gives 5
            tier: short

          - pipeline: tiny-coordination.yaml
            seeds: 1..3
            statistic: worst
            atLeast: 1.0
            source: chance gives 5
            tier: short

          - pipeline: tiny-coordination.yaml
            seeds: [1]
            steps: 1_600
            statistic: median
            atLeast: 19.9
            source: out of reach
            tier: full
        """;

    [Fact]
    public async Task Bars_of_one_pipeline_share_their_runs_and_are_judged_at_their_steps()
    {
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], Bars);

        var outcome = (await place.MarlAsync("verify", "--bars", "bars.yaml")).Succeeded();

        var folder = Assert.Single(Directory.GetDirectories(place["runs"], "verify-*"));
        Assert.Equal(["seed-1", "seed-2", "seed-3"], Directory.GetDirectories(Path.Combine(folder, "tiny-coordination")).Select(Path.GetFileName).Order());
        using var judged = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "bars.json")));
        var bars = judged.RootElement.GetProperty("bars").EnumerateArray().ToArray();
        Assert.True(judged.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal([1600, 1600], bars[0].GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("environmentSteps").GetInt32()));
        Assert.Equal([4000, 4000, 4000], bars[1].GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("environmentSteps").GetInt32()));
        Assert.Equal(bars[1].GetProperty("seeds").EnumerateArray().Min(s => s.GetProperty("return").GetDouble()), bars[1].GetProperty("figure").GetDouble());
        Assert.Equal(6, File.ReadAllLines(Path.Combine(folder, "bars.csv")).Length);
        Assert.StartsWith("| pipeline | seeds | steps | minutes |", File.ReadAllText(Path.Combine(folder, "bars.md")));
        Assert.Equal(2, outcome.Out.Split('\n').Count(line => line.EndsWith(" pass", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missed_bar_ends_with_1()
    {
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], Bars.Replace("seeds: 1..3", "seeds: 1..2"));

        var outcome = (await place.MarlAsync("verify", "--bars", "bars.yaml", "--full", "--only", "tiny-coordination")).Ended(1);

        Assert.Matches(@"median, team-sum .* 19\.9 .* FAIL\n", outcome.Out);
        var folder = Assert.Single(Directory.GetDirectories(place["runs"], "verify-*"));
        Assert.True(File.Exists(Path.Combine(folder, "tiny-coordination-2", "seed-1", "summary.json")));
    }

    [Fact]
    public async Task A_bar_sets_its_pipelines_parameters_and_bad_ones_are_found_in_the_bars_file()
    {
        using var place = new Workplace();
        var broken = Bars.Replace("seeds: 1..3", "set: { clip: 0 }\n    seeds: 1..2");
        File.WriteAllText(place["bars.yaml"], broken);

        var outcome = (await place.MarlAsync("verify", "--bars", "bars.yaml")).Ended(1);

        Assert.Matches(@"bars\.yaml\(12,10\): error MARL\d{4}: .*", Assert.Single(outcome.Complaints));
        File.WriteAllText(place["bars.yaml"], Bars.Replace("seeds: 1..3", "set: { clip: 0.3 }\n    seeds: 1..2"));
        Assert.Contains("tiny-coordination clip=0.3", (await place.MarlAsync("verify", "--bars", "bars.yaml")).Succeeded().Out);
    }

    [Fact]
    public async Task What_is_measured_of_a_league_is_less_the_better()
    {
        const string Distance = """
            bars:
              - pipeline: fictitious-rock-paper-scissors.yaml
                seeds: 1..2
                steps: 8_192
                measure: distance
                statistic: worst
                atLeast: 0
                atMost: 0.9
                source: a run that is short
                tier: short
            """;
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], Distance);

        (await place.MarlAsync("verify", "--bars", "bars.yaml")).Succeeded();
        using var judged = JsonDocument.Parse(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(place["runs"])), "bars.json")));
        var bar = judged.RootElement.GetProperty("bars")[0];
        var distances = bar.GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("return").GetDouble()).ToArray();
        Assert.All(distances, d => Assert.InRange(d, 0.01, 0.9));
        Assert.Equal(distances.Max(), bar.GetProperty("figure").GetDouble());

        File.WriteAllText(place["bars.yaml"], Distance.Replace("atMost: 0.9", "atMost: 0.001"));
        Assert.Contains("worst, distance", (await place.MarlAsync("verify", "--bars", "bars.yaml")).Ended(1).Out);

        File.WriteAllText(place["kuhn.yaml"], place.Text(Workplace.SelfPlay).Replace("biased-rock-paper-scissors", "kuhn-poker").Replace("    with: { maxSteps: 8 }\n", "").Replace("convention: per-agent", "convention: per-agent, of: first"));
        File.WriteAllText(place["bars.yaml"], Distance.Replace("fictitious-rock-paper-scissors", "kuhn").Replace("1..2", "1"));
        Assert.Contains("bars.yaml(2,5): error MARL4700", Assert.Single((await place.MarlAsync("verify", "--bars", "bars.yaml")).Ended(1).Complaints));
    }

    [Fact]
    public async Task A_bar_whose_pipeline_can_not_run_fails_with_the_reason()
    {
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], Bars);
        File.WriteAllText(place[Workplace.Coordination], place.Text(Workplace.Coordination).Replace("environment/coordination", "environment/cordination"));

        var outcome = (await place.MarlAsync("verify", "--bars", "bars.yaml")).Ended(1);

        Assert.Matches(@"tiny-coordination\.yaml\(\d+,\d+\): error MARL\d{4}: .*'environment/coordination'", Assert.Single(outcome.Complaints));
        Assert.Equal(2, outcome.Out.Split('\n').Count(line => line.EndsWith(" FAIL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bars_that_are_not_there_are_said_in_a_line()
    {
        using var place = new Workplace();
        File.WriteAllText(place["bars.yaml"], Bars.Replace("tier: short", "tier: full"));

        (await place.MarlAsync("verify")).Complained("MARL0001", "pipelines/bars.yaml");
        (await place.MarlAsync("verify", "--bars", "bars.yaml")).Complained("MARL3702", "--full");
        (await place.MarlAsync("verify", "--bars", "bars.yaml", "--full", "--only", "tiny-cordination")).Complained("MARL3702", "'tiny-coordination'");
        Assert.False(Directory.Exists(place["runs"]));
    }
}
