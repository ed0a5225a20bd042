using Marl.Actors.Core.Messages;
using Marl.Actors.Exploring;
using Marl.Actors.Pipelines.Campaigns;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Tests.Exploring;

/// <summary>Learning over a network with faults gives the same bits as without.</summary>
public sealed class ExplorerTests
{
    private const string Plan = """
        faults:
          - kind: drop
            edge: "*"
            probability: 0.05
          - kind: duplicate
            edge: "*"
            probability: 0.05
          - kind: reorder
            edge: "*"
            probability: 0.05
          - kind: delay
            edge: team.actions -> world.actions
            probability: 0.05
            by: 3

        """;

    [Fact]
    public void A_real_pipeline_learns_the_same_whatever_the_network_does()
    {
        MessagePool.PoisonReleased = true;
        var report = Explorer.Run(new()
        {
            Path = Repository.Pipeline("ippo-climbing"),
            Overrides = new() { StopSteps = 1_600, EvaluationEpisodes = 4 },
            Faults = FaultPlanReader.Parse(Plan, "plan.yaml").Value,
            Seeds = 5,
        });
        Assert.Empty(report.Diagnostics);
        Assert.Empty(report.Value.Violations);
        Assert.Equal(5, report.Value.Seeds);
        Assert.True(report.Value.Faults > 100);
    }

    [Fact]
    public void Where_actors_take_the_newest_weights_a_schedule_is_found_that_gives_other_bits()
    {
        using var folder = new TemporaryFolder();
        var path = folder["latest.yaml"];
        File.WriteAllText(path, File.ReadAllText(Repository.Pipeline("ippo-climbing")).Replace("lag(updates=0)", "latest", StringComparison.Ordinal));
        var report = Explorer.Run(new()
        {
            Path = path,
            Overrides = new() { StopSteps = 8_000, EvaluationEpisodes = 4 },
            Faults = FaultPlanReader.Parse(Plan, "plan.yaml").Value,
            Seeds = 20,
            Reproduce = seed => $"marl explore --from {seed}",
        }).Value;
        Assert.NotEmpty(report.Violations);
        Assert.All(report.Violations, v => Assert.Equal(ExploreCodes.Differs, v.Code));
        Assert.Contains(report.Violations, v => v.Sentence.StartsWith("the weights", StringComparison.Ordinal));
        Assert.All(report.Violations, v => Assert.EndsWith($"marl explore --from {report.Seeds}", v.Remedy));
    }

    [Fact]
    public void A_plan_for_another_pipeline_is_refused() => Assert.Contains("bids", Assert.Single(Explorer.Run(new()
    {
        Path = Repository.Pipeline("ippo-climbing"),
        Faults = FaultPlanReader.Parse("faults:\n  - kind: drop\n    edge: team.bids -> house.bids\n    at: [1]\n", "plan.yaml").Value,
    }).Diagnostics).Sentence);
}
