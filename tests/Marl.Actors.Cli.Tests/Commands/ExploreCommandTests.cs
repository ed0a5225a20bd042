using System.Text.RegularExpressions;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary><c>marl explore</c>, as people call it.</summary>
public sealed class ExploreCommandTests
{
    [Fact]
    public async Task It_counts_seeds_messages_faults_and_violations()
    {
        using var place = new Workplace();
        File.WriteAllText(place["plan.yaml"], "faults:\n  - kind: drop\n    edge: \"*\"\n    probability: 0.05\n");

        var outcome = (await place.MarlAsync("explore", "tiny-coordination.yaml", "--seeds", "3", "--steps", "800", "--faults", "plan.yaml")).Succeeded();

        Assert.Matches(@"3 seeds, \d+ messages \(at least \d+ a seed\), [1-9]\d* faults \(0 crashes\), 0 violations, ", outcome.Out);
        Assert.Matches(@"(\d+) tokens produced, \d+ consumed, .*\d+ pending", outcome.Out);
    }

    [Fact]
    public async Task A_seed_that_fails_prints_the_command_that_repeats_it()
    {
        using var place = new Workplace();
        File.WriteAllText(place["newest.yaml"], File.ReadAllText(place["tiny-coordination.yaml"]).Replace("lag(updates=0)", "latest"));
        File.WriteAllText(place["rough plan.yaml"], "faults:\n  - kind: delay\n    edge: \"*\"\n    probability: 0.1\n    by: 3\n");

        var failed = await place.MarlAsync("explore", "newest.yaml", "--seeds", "40", "--messages", "500", "--jobs", "2", "--faults", "rough plan.yaml", "--seed", "3");

        failed.Ended(1);
        var command = Regex.Match(failed.Error, @"Repeat it with: marl (explore newest\.yaml --from \d+ --seeds 1 --interpreter simulated --faults ""rough plan\.yaml"" --messages 500 --seed 3)");
        Assert.True(command.Success, failed.Error);
        var repeated = await place.MarlAsync([.. Regex.Matches(command.Groups[1].Value, @"""[^""]*""|\S+").Select(m => m.Value.Trim('"'))]);
        repeated.Ended(1);
        Assert.Equal(Violations(failed), Violations(repeated));

        static string[] Violations(Outcome outcome) => [.. outcome.Error.Split('\n').Where(line => line.Contains("MARL3721", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task The_actors_take_no_plan()
    {
        using var place = new Workplace();
        File.WriteAllText(place["plan.yaml"], "faults:\n  - crash: learner\n    at: [2]\n");

        var refused = await place.MarlAsync("explore", "tiny-coordination.yaml", "--interpreter", "local", "--faults", "plan.yaml");

        refused.Ended(1);
        Assert.Contains("plan.yaml(2,", refused.Error);
        Assert.Contains("MARL3722", refused.Error);
    }

    [Fact]
    public async Task A_wrong_plan_ends_with_1_and_names_its_line()
    {
        using var place = new Workplace();
        File.WriteAllText(place["plan.yaml"], "faults:\n  - kind: dorp\n    edge: \"*\"\n    probability: 0.05\n");

        var outcome = await place.MarlAsync("explore", "tiny-coordination.yaml", "--faults", "plan.yaml");

        outcome.Ended(1);
        Assert.Contains("plan.yaml(2,", outcome.Error);
        Assert.Contains("'drop'", outcome.Error);
    }
}
