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

        Assert.Matches(@"3 seeds, \d+ messages \(at least \d+ a seed\), [1-9]\d* faults, 0 violations, ", outcome.Out);
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
